import type { ReplayOutline } from '@cpo-console/shared/api/log.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { timeOf } from './timeline.ts';

/** A quiet time that would take longer than this to watch is passed over, up to shortly before its end. */
const QUIET_MS = 1_500;
const REST_MS = 400;

interface PlaybackOptions {
  outline: ReplayOutline;
  start: number;
  speed: number;
  skipIdle: boolean;
}

/** Where the replay stands, and the clock that moves it on. */
export function usePlayback({ outline, start, speed, skipIdle }: PlaybackOptions) {
  const [position, setPosition] = useState(start);
  const [playing, setPlaying] = useState(false);
  const last = outline.ids.length - 1;
  const here = useRef(position);
  here.current = position;

  const seek = useCallback((row: number) => setPosition(Math.max(0, Math.min(last, row))), [last]);
  const toggle = useCallback(() => {
    if (here.current >= last) setPosition(0);
    setPlaying((now) => !now);
  }, [last]);

  useEffect(() => {
    if (!playing) return;
    let clock = timeOf(outline, here.current);
    let before = performance.now();
    let shown = here.current;
    let request = requestAnimationFrame(function tick(now) {
      // Somebody moved it meanwhile.
      if (here.current !== shown) clock = timeOf(outline, here.current);
      let row = here.current;
      clock += (now - before) * speed;
      before = now;
      if (skipIdle && row < last) clock = withoutQuiet(clock, timeOf(outline, row + 1), speed);
      while (row < last && timeOf(outline, row + 1) <= clock) row += 1;
      shown = row;
      here.current = row;
      setPosition(row);
      if (row >= last) setPlaying(false);
      else request = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(request);
  }, [playing, outline, speed, skipIdle, last]);

  return { position, playing, seek, toggle };
}

const withoutQuiet = (clock: number, next: number, speed: number): number =>
  (next - clock) / speed > QUIET_MS ? next - REST_MS * speed : clock;
