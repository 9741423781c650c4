import type { OverallState } from '@cpo-console/shared/api/things.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { number } from '../../../lib/format.ts';
import { fleetQuery } from '../../../lib/thing-queries.ts';
import styles from './fleet-tiles.module.css';

interface FleetTilesProps {
  state: OverallState | undefined;
  onState: (state: OverallState | undefined) => void;
}

/** The fleet in five numbers; a number is also the filter that shows what it counts. */
export function FleetTiles({ state, onState }: FleetTilesProps) {
  const { t, i18n } = useTranslation();
  const { data: fleet } = useQuery(fleetQuery);
  const by = fleet?.byState;
  const show = (value: number | undefined) => (value === undefined ? '–' : number(i18n.language, value));
  const connected = by && by.connected + by.charging + by.faulted + by.booting;
  const tiles: [state: OverallState, label: string, value: number | undefined][] = [
    ['connected', t('tile.connected'), connected],
    ['charging', t('tile.charging'), by?.charging],
    ['faulted', t('tile.faulted'), by?.faulted],
    ['never-seen', t('tile.neverSeen'), by?.['never-seen']],
  ];
  return (
    <section className={`panel ${styles.tiles}`} aria-label={t('tile.label')}>
      {tiles.map(([key, label, value]) => (
        <button
          key={key}
          type="button"
          className={styles.tile}
          aria-pressed={state === key}
          onClick={() => onState(state === key ? undefined : key)}
        >
          <span>{label}</span>
          <b className={key === 'faulted' && value ? styles.alarm : ''}>{show(value)}</b>
        </button>
      ))}
      <div className={styles.tile}>
        <span>{t('tile.messages')}</span>
        <b className="row">
          {fleet ? number(i18n.language, fleet.messagesPerSecond, fleet.messagesPerSecond < 10 ? 1 : 0) : '–'}
          {fleet && <Sparkline values={fleet.messagesLastMinute} />}
        </b>
      </div>
    </section>
  );
}

function Sparkline({ values }: { values: number[] }) {
  const most = Math.max(1, ...values);
  const step = 100 / Math.max(1, values.length - 1);
  const points = values.map((value, index) => `${(index * step).toFixed(1)},${(22 - (value / most) * 20).toFixed(1)}`);
  return (
    <svg className={styles.spark} viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--chg)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
