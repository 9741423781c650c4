import type { MeterCurve } from '@cpo-console/shared/projection/meter-curve.ts';
import { useTranslation } from 'react-i18next';
import { kilowattHours, kilowatts } from '../../../lib/format.ts';
import styles from './replay.module.css';

const WIDTH = 240;
const HEIGHT = 44;

interface MeterChartProps {
  curve: MeterCurve;
  from: number;
  to: number;
}

/** What the meter said so far: power as it was at each instant, or the energy where the meter does not tell power. */
export function MeterChart({ curve, from, to }: MeterChartProps) {
  const { t, i18n } = useTranslation();
  const hasPower = curve.points.some(([, powerW]) => powerW !== null);
  const points = curve.points.flatMap(([at, powerW, energyWh]) => {
    const value = hasPower ? powerW : energyWh;
    return value === null ? [] : [{ at, value }];
  });
  if (points.length < 2) return null;
  const most = Math.max(...points.map(({ value }) => value));
  // The charge point's clock may be another one.
  const begin = Math.min(from, points[0]?.at ?? from);
  const end = Math.max(to, points.at(-1)?.at ?? to, begin + 1);
  const x = (at: number) => (((at - begin) / (end - begin)) * WIDTH).toFixed(1);
  const y = (value: number) => (HEIGHT - (Math.max(0, value) / Math.max(1, most)) * (HEIGHT - 2)).toFixed(1);
  const line = points.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ');
  const [first, last] = [x(points[0]?.at ?? begin), x(points.at(-1)?.at ?? end)];
  const words = hasPower
    ? t('timeline.power', { most: kilowatts(i18n.language, most) })
    : t('timeline.energy', { most: kilowattHours(i18n.language, most) });
  return (
    <figure className={styles.meter}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" height={HEIGHT} aria-hidden="true">
        <polygon className={styles.meterArea} points={`${first},${HEIGHT} ${line} ${last},${HEIGHT}`} />
        <polyline className={styles.meterLine} points={line} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className="sub mut">{words}</figcaption>
    </figure>
  );
}
