import type { ReplayOutline } from '@cpo-console/shared/api/log.ts';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, dateTime } from '../../../lib/format.ts';
import { connectionGaps, density, type Gap, rowAt, timeOf, troubleCount } from '../api/timeline.ts';
import { type TimelineView, useViewGestures } from '../api/use-timeline-view.ts';
import styles from './replay.module.css';

const PARTS = 240;
const HEIGHT = 40;

interface TimelineProps {
  outline: ReplayOutline;
  position: number;
  timelineView: TimelineView;
  /** Instants of findings and of notes. */
  findings: readonly number[];
  notes: readonly number[];
  onSeek: (row: number) => void;
}

/** How much happened when, what went wrong, when there was no connection, and where the replay stands. */
export function Timeline({ outline, position, timelineView, findings, notes, onSeek }: TimelineProps) {
  const { t, i18n } = useTranslation();
  const at = timeOf(outline, position);
  const { view, extent } = timelineView;
  const element = useRef<HTMLDivElement>(null);
  useViewGestures(element, timelineView);
  const share = (instant: number) => ((instant - view.from) / (view.to - view.from)) * 100;
  const isShown = (instant: number) => instant >= view.from && instant <= view.to;
  return (
    <div className={styles.timeline} ref={element}>
      <Bars outline={outline} view={view} end={extent.to} />
      {findings.filter(isShown).map((instant, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: several may be of the same instant
        <span key={index} className={styles.finding} style={{ left: `${share(instant)}%` }} aria-hidden="true" />
      ))}
      {notes.filter(isShown).map((instant, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: several may be of the same instant
        <span key={index} className={styles.noted} style={{ left: `${share(instant)}%` }} aria-hidden="true" />
      ))}
      <p className="hide">
        {t('rerun.marks', {
          troubles: troubleCount(outline),
          findings: findings.length,
          gaps: connectionGaps(outline, extent.to).length,
          notes: notes.length,
        })}
      </p>
      {isShown(at) && <div className={styles.needle} style={{ left: `${share(at)}%` }} />}
      <input
        type="range"
        className={styles.slider}
        aria-label={t('replay.position')}
        aria-valuetext={clock(i18n.language, at)}
        min={view.from}
        max={view.to}
        value={at}
        onChange={(event) => onSeek(rowAt(outline, Number(event.target.value)))}
      />
      <div className={`row m mut ${styles.ends}`}>
        <span>{dateTime(i18n.language, view.from)}</span>
        <span className="grow" />
        <span>{dateTime(i18n.language, view.to)}</span>
      </div>
    </div>
  );
}

function Bars({ outline, view, end }: { outline: ReplayOutline; view: Gap; end: number }) {
  const { from, to } = view;
  const parts = useMemo(() => density(outline, view, PARTS), [outline, view]);
  const gaps = useMemo(() => connectionGaps(outline, end), [outline, end]);
  const most = parts.reduce((max, { rows }) => Math.max(max, rows), 1);
  const x = (instant: number) => ((instant - from) / (to - from)) * PARTS;
  return (
    <svg
      className={styles.bars}
      viewBox={`0 0 ${PARTS} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      height={HEIGHT}
    >
      {gaps.map((gap) => (
        <rect
          key={gap.from}
          className={styles.gap}
          x={x(gap.from)}
          width={Math.max(0.3, x(gap.to) - x(gap.from))}
          y={HEIGHT - 6}
          height={6}
        />
      ))}
      {parts.map(({ rows, troubled }, index) => {
        if (rows === 0) return null;
        const height = Math.max(3, Math.sqrt(rows / most) * (HEIGHT - 8));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place on the timeline
          <g key={index}>
            <rect className={styles.bar} x={index + 0.12} width={0.76} y={HEIGHT - height} height={height} />
            {troubled > 0 && <rect className={styles.trouble} x={index + 0.12} width={0.76} y={0} height={HEIGHT} />}
          </g>
        );
      })}
    </svg>
  );
}
