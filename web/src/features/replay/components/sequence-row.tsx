import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Exchange } from '@cpo-console/shared/message-log/exchanges.ts';
import { memo } from 'react';
import { OutcomeWords } from '../../../components/ui/outcome-words.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { clock, duration, exact } from '../../../lib/format.ts';
import { outcomeOf, titleOf } from '../../../lib/outcome.ts';
import { useText } from '../../../lib/use-text.ts';
import styles from './replay.module.css';
import { FOLDED_FROM_MS } from './sequence-list.tsx';

interface SequenceRowProps {
  row: number;
  top: number;
  height: number;
  quietMs: number;
  at: number;
  direction: 'in' | 'out' | 'event';
  action: string | null;
  mark: 'none' | 'error' | 'violation' | 'unanswered';
  message: Message | undefined;
  answer: Message | undefined;
  current: boolean;
  future: boolean;
  onSeek: (row: number) => void;
}

export const SequenceRow = memo(function SequenceRow(props: SequenceRowProps) {
  const { row, top, height, quietMs, at, direction, action, mark, message, answer, current, future, onSeek } = props;
  const { t, language } = useText();
  const exchange = message ? exchangeOf(message, answer) : null;
  const title =
    direction === 'event'
      ? t(`event.${action as 'connected'}`, { defaultValue: action ?? '' })
      : exchange
        ? titleOf(exchange)
        : (action ?? '—');
  return (
    <li
      className={styles.item}
      style={{ transform: `translateY(${top}px)`, height }}
      data-future={future}
      {...(current && { 'aria-current': 'step' as const })}
    >
      {quietMs >= FOLDED_FROM_MS && (
        <span className={styles.quiet}>{t('replay.quiet', { time: duration(quietMs) })}</span>
      )}
      <button type="button" className={styles.line} data-direction={direction} onClick={() => onSeek(row)}>
        <time className="m mut" dateTime={exact(at)} title={exact(at)}>
          {clock(language, at)}
        </time>
        <span className={styles.end} aria-hidden="true">
          {direction === 'out' ? '◂' : direction === 'in' ? '●' : ''}
        </span>
        <span className={styles.title}>
          {direction !== 'event' && (
            <span className="hide">{t(direction === 'in' ? 'messages.in' : 'messages.out')} </span>
          )}
          <b>{title}</b>
        </span>
        <span className={styles.end} aria-hidden="true">
          {direction === 'in' ? '▸' : direction === 'out' ? '●' : ''}
        </span>
        <span className={styles.outcome}>
          {mark === 'unanswered' && !future ? (
            <Tag tone="bad" icon="cross">
              {t('outcome.noAnswer')}
            </Tag>
          ) : (
            exchange && !future && <OutcomeWords outcome={outcomeOf(exchange, at, false)} />
          )}
        </span>
      </button>
    </li>
  );
});

function exchangeOf(message: Message, answer: Message | undefined): Exchange {
  const { id, thingName, at, direction, action, kind } = message;
  const isAnswer = kind === 'result' || kind === 'error';
  return {
    id,
    thingName,
    at,
    direction,
    action,
    call: kind === 'call' ? message : null,
    answer: answer ?? (isAnswer ? message : null),
    other: kind === 'call' || isAnswer ? null : message,
  };
}
