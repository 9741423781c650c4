import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { ReplaySearch } from './replay-search.ts';
import type { Gap } from './timeline.ts';
import { panned, showing, type View, viewOf, zoomed } from './timeline-view.ts';

const CLOSER = 0.5;

export interface TimelineView {
  view: View;
  extent: Gap;
  zoom: (factor: number, around: number) => void;
  /** One step closer to where the replay stands, or away from it. */
  stepZoom: (step: 1 | -1) => void;
  pan: (share: number) => void;
  fit: () => void;
}

/** What the timeline shows: as the address says at first, then what somebody chose, always with where the replay goes. */
export function useTimelineView(extent: Gap, search: ReplaySearch, at: number): TimelineView {
  const [view, setView] = useState(() => viewOf({ from: search.viewFrom, to: search.viewTo }, extent));
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) setView((now) => showing(now, extent, at));
    first.current = false;
  }, [at, extent]);
  const here = useRef(at);
  here.current = at;
  const acts = useMemo(() => {
    const zoom = (factor: number, around: number) => setView((now) => zoomed(now, extent, { factor, around }));
    const stepZoom = (step: 1 | -1) => {
      setView((now) =>
        zoomed(showing(now, extent, here.current), extent, { factor: CLOSER ** step, around: here.current }),
      );
    };
    return {
      zoom,
      stepZoom,
      pan: (share: number) => setView((now) => panned(now, extent, share)),
      fit: () => setView(extent),
    };
  }, [extent]);
  return { view, extent, ...acts };
}

const WHEEL_ZOOM = 0.002;

/** Wheel and two fingers: up and down (or pinching) comes closer and goes away, sideways moves. */
export function useViewGestures(element: RefObject<HTMLElement | null>, { view, zoom, pan }: TimelineView): void {
  const latest = useRef({ view, zoom, pan });
  latest.current = { view, zoom, pan };
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const instantAt = (x: number): number => {
      const { left, width } = target.getBoundingClientRect();
      const { from, to } = latest.current.view;
      return from + ((x - left) / width) * (to - from);
    };
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      const isPan = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (isPan) latest.current.pan(sideways / target.clientWidth);
      else
        latest.current.zoom(
          Math.exp(Math.max(-400, Math.min(400, event.deltaY)) * WHEEL_ZOOM),
          instantAt(event.clientX),
        );
    };
    let fingers: { middle: number; apart: number } | null = null;
    const onTouch = (event: TouchEvent) => {
      const [one, other] = event.touches;
      if (one === undefined || other === undefined) {
        fingers = null;
        return;
      }
      event.preventDefault();
      const now = {
        middle: (one.clientX + other.clientX) / 2,
        apart: Math.max(1, Math.abs(one.clientX - other.clientX)),
      };
      if (fingers !== null) {
        latest.current.zoom(fingers.apart / now.apart, instantAt(fingers.middle));
        latest.current.pan((fingers.middle - now.middle) / target.clientWidth);
      }
      fingers = now;
    };
    const active = { passive: false };
    const touches = ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const;
    target.addEventListener('wheel', onWheel, active);
    for (const name of touches) target.addEventListener(name, onTouch, active);
    return () => {
      target.removeEventListener('wheel', onWheel);
      for (const name of touches) target.removeEventListener(name, onTouch);
    };
  }, [element]);
}
