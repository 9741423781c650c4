import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { clock, number } from '../../../lib/format.ts';
import type { MeterSeries } from '../api/meter-series.ts';

const HEIGHT = 260;
const NO_POINTS = { show: false };
const COLORS = ['--chg', '--ok', '--warn', '--bad', '--ink2', '--ink3'];
const DASHES = [undefined, [6, 4], [2, 3], [10, 3, 2, 3]];

/** Half a kilowatt of ripple is no mountain. */
const fromZero = (_: uPlot, low: number, high: number): [number, number] => [
  Math.min(0, low),
  Math.max(high * 1.1, 0.1),
];

interface MeterChartProps {
  times: number[];
  series: MeterSeries[];
  /** What a measurand is called. */
  nameOf: (key: string) => string;
}

/** What the meter said over the session. The first two units have an axis each; all have their value under the pointer. */
export function MeterChart({ times, series, nameOf }: MeterChartProps) {
  const { t, i18n } = useTranslation();
  const scheme = useComputedColorScheme();
  const { ref, width } = useElementSize();
  const holder = useRef<HTMLDivElement>(null);
  const language = i18n.language;
  const time = t('session.at');
  useEffect(() => {
    if (!holder.current || width === 0) return;
    const css = getComputedStyle(document.documentElement);
    const color = (name: string) => css.getPropertyValue(name).trim();
    // The scheme decides what the colours are; a change of it draws anew.
    const axis = {
      stroke: color('--ink3'),
      grid: { stroke: color(scheme === 'dark' ? '--line' : '--line2'), width: 1 },
      ticks: { stroke: color('--line') },
    };
    const units = [...new Set(series.map(({ unit }) => unit))];
    const plot = new uPlot(
      {
        width,
        height: HEIGHT,
        scales: Object.fromEntries(units.map((unit) => [unit, { range: fromZero }])),
        series: [
          { label: time, value: (_, raw) => (raw == null ? '—' : clock(language, raw * 1000)) },
          ...series.map(({ key, unit }, index) => {
            const dash = DASHES[index % DASHES.length];
            return {
              label: nameOf(key),
              scale: unit,
              stroke: color(COLORS[index % COLORS.length] ?? '--ink2'),
              width: 1.5,
              ...(dash && { dash }),
              ...(index === 0 && { fill: color('--chgbg') }),
              spanGaps: true,
              points: NO_POINTS,
              value: (_: uPlot, raw: number | null) => (raw == null ? '—' : `${number(language, raw, 2)} ${unit}`),
            };
          }),
        ],
        axes: [
          {
            ...axis,
            values: (_, ticks, _axis, _space, seconds) =>
              ticks.map((tick) => clock(language, tick * 1000).slice(0, seconds < 60 ? 8 : 5)),
          },
          ...units.slice(0, 2).map((unit, index) => ({
            ...axis,
            scale: unit,
            side: index === 0 ? (3 as const) : (1 as const),
            size: 80,
            ...(index > 0 && { grid: { show: false } }),
            values: (_: uPlot, ticks: number[]) => ticks.map((tick) => `${tick} ${unit}`),
          })),
        ],
      },
      [times, ...series.map(({ values }) => values)],
      holder.current,
    );
    return () => plot.destroy();
  }, [times, series, nameOf, width, scheme, language, time]);
  return (
    <div style={{ padding: '8px 10px' }} role="img" aria-label={t('session.chart')}>
      <div ref={ref}>
        <div ref={holder} />
      </div>
    </div>
  );
}
