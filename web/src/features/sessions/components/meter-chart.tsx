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

/** Half a kilowatt of ripple is no mountain. */
const fromZero = (_: uPlot, low: number, high: number): [number, number] => [
  Math.min(0, low),
  Math.max(high * 1.1, 0.1),
];

/** Power and energy over the session. */
export function MeterChart({ series }: { series: MeterSeries }) {
  const { t, i18n } = useTranslation();
  const scheme = useComputedColorScheme();
  const { ref, width } = useElementSize();
  const holder = useRef<HTMLDivElement>(null);
  const language = i18n.language;
  const [power, energy] = [t('session.power'), t('session.energy')];
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
    const value = (unit: string) => (_: uPlot, raw: number | null) =>
      raw == null ? '—' : `${number(language, raw, 2)} ${unit}`;
    const plot = new uPlot(
      {
        width,
        height: HEIGHT,
        scales: { kW: { range: fromZero }, kWh: { range: fromZero } },
        series: [
          { value: (_, raw) => (raw == null ? '—' : clock(language, raw * 1000)) },
          {
            label: power,
            scale: 'kW',
            stroke: color('--chg'),
            width: 1.5,
            fill: color('--chgbg'),
            spanGaps: true,
            points: NO_POINTS,
            value: value('kW'),
          },
          {
            label: energy,
            scale: 'kWh',
            stroke: color('--ok'),
            width: 1.5,
            dash: [6, 4],
            spanGaps: true,
            points: NO_POINTS,
            value: value('kWh'),
          },
        ],
        axes: [
          { ...axis, values: (_, ticks) => ticks.map((tick) => clock(language, tick * 1000).slice(0, 5)) },
          { ...axis, scale: 'kW', size: 60, values: (_, ticks) => ticks.map((tick) => `${tick} kW`) },
          {
            ...axis,
            scale: 'kWh',
            side: 1,
            size: 70,
            grid: { show: false },
            values: (_, ticks) => ticks.map((tick) => `${tick} kWh`),
          },
        ],
      },
      [series.times, series.powerKw, series.energyKwh],
      holder.current,
    );
    return () => plot.destroy();
  }, [series, width, scheme, language, power, energy]);
  return (
    <div ref={ref} style={{ padding: '8px 10px' }} role="img" aria-label={t('session.chart')}>
      <div ref={holder} />
    </div>
  );
}
