// biome-ignore-all lint/a11y/useSemanticElements: a virtualised table is laid out as a grid; rows scroll in a focusable region
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtualised table is laid out as a grid; rows scroll in a focusable region
// biome-ignore-all lint/a11y/useKeyWithClickEvents: a virtualised table is laid out as a grid; rows scroll in a focusable region

import { type Exchange, tookMs } from '@cpo-console/shared/message-log/exchanges.ts';
import { memo } from 'react';
import { Clock } from '../../../components/ui/time.tsx';
import { latency, otherDay } from '../../../lib/format.ts';
import { titleOf } from '../../../lib/outcome.ts';
import { useText } from '../../../lib/use-text.ts';
import styles from './messages.module.css';
import { Outcomes } from './outcomes.tsx';

interface MessageRowProps {
  exchange: Exchange;
  top: number;
  index: number;
  selected: boolean;
  onSelect: (id: string) => void;
  withName: boolean;
  mayClaimNoAnswer: boolean;
}

/** When rows come in above, the others only move: their cells stay as they are. */
export function MessageRow({ exchange, top, index, selected, onSelect, ...cells }: MessageRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`vrow vbody ${styles.row} ${styles.body}`}
      data-name={cells.withName}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(exchange.id)}
    >
      <Cells exchange={exchange} {...cells} />
    </div>
  );
}

type CellsProps = Pick<MessageRowProps, 'exchange' | 'withName' | 'mayClaimNoAnswer'>;

const Cells = memo(function Cells({ exchange, withName, mayClaimNoAnswer }: CellsProps) {
  const { t, language } = useText();
  const took = tookMs(exchange);
  const day = otherDay(language, exchange.at, Date.now());
  const event = exchange.other?.kind === 'event';
  const raw =
    exchange.other && !event
      ? exchange.other.kind
      : exchange.answer && !exchange.call && !exchange.other
        ? exchange.answer.kind
        : null;
  return (
    <>
      <div role="cell" className="m mut">
        {day !== null && <span className={styles.day}>{day}</span>}
        <Clock at={exchange.at} />
      </div>
      {withName && (
        <div role="cell" className="m">
          {exchange.thingName}
        </div>
      )}
      <div role="cell">
        <Direction direction={event ? 'event' : exchange.direction} />
      </div>
      <div role="cell">
        <button type="button" className={styles.title}>
          <RowTitle exchange={exchange} />
        </button>
        {raw && <span className="mut"> {t(`kind.${raw}`)}</span>}
      </div>
      <div role="cell" className={styles.outcomes}>
        <Outcomes exchange={exchange} mayClaimNoAnswer={mayClaimNoAnswer} />
      </div>
      <div role="cell" className={`m mut ${styles.end}`}>
        {took === undefined ? '' : latency(language, took)}
      </div>
    </>
  );
});

export function Direction({ direction }: { direction: 'in' | 'out' | 'event' }) {
  const { t } = useText();
  const [mark, words] =
    direction === 'in'
      ? ['→', t('messages.in')]
      : direction === 'out'
        ? ['←', t('messages.out')]
        : ['·', t('kind.event')];
  return (
    <span title={words}>
      <span aria-hidden="true">{mark}</span>
      <span className="hide">{words}</span>
    </span>
  );
}

/** "TransactionEvent Started", or what happened to the connection. */
export function RowTitle({ exchange }: { exchange: Exchange }) {
  const { t } = useText();
  if (exchange.other?.kind !== 'event') return titleOf(exchange);
  return t(`event.${exchange.action as 'connected'}`, { defaultValue: exchange.action ?? '' });
}
