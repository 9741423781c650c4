import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import type { Segment } from '@cpo-console/shared/smart-charging/composite-schedule.ts';
import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { hourAndMinute, number, weekdayAndHour } from '../../../lib/format.ts';
import type { Point, Step } from '../api/outlook.ts';
import styles from './smart-charging.module.css';

const HEIGHT = 230;
const MARGIN = { left: 52, right: 8, top: 8, bottom: 22 };
const STRIP = 18;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** What a car may take at most where nothing says so: the axis ends there. */
const USUAL_MOST: Record<RateUnit, number> = { A: 32, W: 22_000 };

interface ScheduleChartProps {
  /** As we reckon. */
  segments: Segment[];
  /** As the charge point reckoned. */
  composite?: Step[];
  measured?: Point[];
  unit: RateUnit;
  now: number;
  label: string;
}

/** Limits over time, in the viewer's own time, with the profile that sets them below. */
export function ScheduleChart({ segments, composite = [], measured = [], unit, now, label }: ScheduleChartProps) {
  const { t, i18n } = useTranslation();
  const { ref, width } = useElementSize();
  const from = segments[0]?.from ?? now;
  const to = segments.at(-1)?.to ?? now + DAY_MS;
  const shown = measured.filter(({ at }) => at >= from && at <= to);
  const limits = [...segments, ...composite].flatMap(({ limit }) => limit ?? []);
  const most = Math.max(USUAL_MOST[unit] / 2, ...limits, ...shown.map(({ value }) => value)) * 1.1;
  const plotBottom = HEIGHT - MARGIN.bottom - STRIP;
  const x = (at: number): number =>
    MARGIN.left + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * (width - MARGIN.left - MARGIN.right);
  const y = (value: number): number => plotBottom - (value / most) * (plotBottom - MARGIN.top);
  const isLong = to - from > 2 * DAY_MS;
  const language = i18n.language;
  return (
    <div className={styles.chart}>
      <div ref={ref} />
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={label}>
          {valueTicks(most).map((tick) => (
            <g key={tick}>
              <line className={styles.grid} x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
              <text className={styles.axis} x={MARGIN.left - 6} y={y(tick) + 4} textAnchor="end">
                {unit === 'A' ? `${number(language, tick)} A` : `${number(language, tick / 1000)} kW`}
              </text>
            </g>
          ))}
          {timeTicks(from, to, width)
            .filter((tick) => x(tick) < width - 24)
            .map((tick) => (
              <text key={tick} className={styles.axis} x={x(tick)} y={HEIGHT - 6} textAnchor="middle">
                {isLong ? weekdayAndHour(language, tick) : hourAndMinute(language, tick)}
              </text>
            ))}
          {segments.map((segment) => (
            <Limit key={segment.from} {...{ segment, x, y, bottom: plotBottom }} />
          ))}
          {composite.map((step) =>
            step.limit === null || step.to <= from || step.from >= to ? null : (
              <line
                key={step.from}
                className={styles.composite}
                x1={x(step.from)}
                x2={x(step.to)}
                y1={y(step.limit)}
                y2={y(step.limit)}
              />
            ),
          )}
          {shown.length > 0 && (
            <polyline
              className={styles.measured}
              points={shown.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ')}
            />
          )}
          {now > from && now < to && (
            <line className={styles.now} x1={x(now)} x2={x(now)} y1={MARGIN.top} y2={plotBottom + STRIP} />
          )}
        </svg>
      )}
      <div className={`row wrap ${styles.legend}`}>
        <span className={styles.keyLimit}>{t('charging.legend.reckoned')}</span>
        {composite.length > 0 && <span className={styles.keyComposite}>{t('charging.legend.composite')}</span>}
        {shown.length > 0 && <span className={styles.keyMeasured}>{t('charging.legend.measured')}</span>}
        <span className="mut">{Intl.DateTimeFormat().resolvedOptions().timeZone}</span>
      </div>
    </div>
  );
}

interface LimitProps {
  segment: Segment;
  x: (at: number) => number;
  y: (value: number) => number;
  bottom: number;
}

function Limit({ segment: { from, to, limit, winner }, x, y, bottom }: LimitProps) {
  const [left, right] = [x(from), x(to)];
  const wide = right - left;
  return (
    <g>
      {limit !== null && (
        <>
          <rect className={styles.area} x={left} y={y(limit)} width={wide} height={bottom - y(limit)} />
          <line className={styles.limit} x1={left} x2={right} y1={y(limit)} y2={y(limit)} />
        </>
      )}
      <rect
        className={winner === null ? styles.free : styles.winner}
        x={left + 0.5}
        y={bottom + 2}
        width={Math.max(1, wide - 1)}
        height={STRIP - 4}
        rx={2}
      />
      {winner !== null && wide > 26 && (
        <text className={styles.winnerName} x={left + wide / 2} y={bottom + STRIP - 6} textAnchor="middle">
          #{winner}
        </text>
      )}
    </g>
  );
}

/** Four round values or so. */
function valueTicks(most: number): number[] {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 4, 5, 8, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

/** Full local hours, as many as have room. */
function timeTicks(from: number, to: number, width: number): number[] {
  const room = Math.max(2, Math.floor(width / 90));
  const hours = [1, 2, 3, 4, 6, 12, 24, 48].find((each) => (to - from) / (each * HOUR_MS) <= room) ?? 48;
  const first = new Date(from);
  first.setMinutes(0, 0, 0);
  first.setHours(Math.ceil((first.getHours() + 1) / hours) * hours);
  const ticks: number[] = [];
  for (const tick = first; tick.getTime() < to; tick.setHours(tick.getHours() + hours)) ticks.push(tick.getTime());
  return ticks;
}
