import { type Exchange, messagesOf, pairExchanges } from '@cpo-console/shared/message-log/exchanges.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Clock } from '../../../components/ui/time.tsx';
import { compareIds } from '../../../live/message-filter.ts';
import { neighboursQuery } from '../api/message-queries.ts';
import { Direction, RowTitle } from './message-row.tsx';
import styles from './messages.module.css';
import { Outcomes } from './outcomes.tsx';

const SHOWN = 3;

interface NeighboursProps {
  exchange: Exchange;
  importId: string | undefined;
  onSelect: (id: string) => void;
}

/** What happened to the charge point just before and just after. */
export function Neighbours({ exchange, importId, onSelect }: NeighboursProps) {
  const { t } = useTranslation();
  const ids = messagesOf(exchange).map(({ id }) => id);
  const of = (id: string, order: 'asc' | 'desc') => ({
    ...{ thingName: exchange.thingName, beyondId: id, order },
    ...(importId !== undefined && { import: importId }),
  });
  const { data: before } = useQuery(neighboursQuery(of(ids[0] ?? exchange.id, 'desc')));
  const { data: after } = useQuery(neighboursQuery(of(ids[0] ?? exchange.id, 'asc')));
  const rowsOf = (messages: typeof before) =>
    pairExchanges([...(messages ?? [])].sort((a, b) => compareIds(b.id, a.id))).filter(
      (row) => !messagesOf(row).some(({ id }) => ids.includes(id)),
    );
  const isBefore = (row: Exchange) => compareIds(row.id, exchange.id) < 0;
  const earlier = rowsOf(before).filter(isBefore).slice(0, SHOWN);
  const later = rowsOf(after)
    .filter((row) => !isBefore(row))
    .slice(-SHOWN);
  if (earlier.length + later.length === 0) return null;
  return (
    <section className={styles.neighbours} aria-label={t('exchange.neighbours')}>
      <List label={t('exchange.after')} rows={later} onSelect={onSelect} />
      <List label={t('exchange.before')} rows={earlier} onSelect={onSelect} />
    </section>
  );
}

function List({ label, rows, onSelect }: { label: string; rows: Exchange[]; onSelect: (id: string) => void }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className="label">{label}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => onSelect(row.id)}>
              <span className="m mut">
                <Clock at={row.at} />
              </span>
              <Direction direction={row.other?.kind === 'event' ? 'event' : row.direction} />
              <span className="cut">
                <RowTitle exchange={row} />
              </span>
              <span className={styles.outcomes}>
                <Outcomes exchange={row} mayClaimNoAnswer />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
