import { OUTLINE_KINDS, OUTLINE_MARKS, type ReplayOutline } from '@cpo-console/shared/api/log.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { pageQuery, type ReplayRange } from '../api/replay-queries.ts';
import type { Sequence } from '../api/timeline.ts';
import styles from './replay.module.css';
import { SequenceRow } from './sequence-row.tsx';

const ROW_HEIGHT = 33;
/** A second of silence is this high, up to the most; from there on a line says how long it was. */
const PIXELS_PER_SECOND = 1.5;
const MOST_SPACE = 30;
export const FOLDED_FROM_MS = 60_000;

interface SequenceListProps {
  range: ReplayRange;
  outline: ReplayOutline;
  sequence: Sequence;
  position: number;
  onSeek: (row: number) => void;
}

/** The exchanges one below the other, charge point left, CSMS right; what is still to come is pale. */
export function SequenceList({ range, outline, sequence, position, onSeek }: SequenceListProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { items, itemOf } = sequence;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW_HEIGHT + spaceOf(items[index]?.quietMs ?? 0),
    overscan: 10,
    initialRect: { width: 700, height: 600 },
  });
  const current = itemOf[position] ?? 0;
  const bringIntoView = useRef(virtual.scrollToIndex);
  bringIntoView.current = virtual.scrollToIndex;
  useEffect(() => bringIntoView.current(current, { align: 'auto' }), [current]);
  const shown = virtual.getVirtualItems();
  const messageAt = useMessages(range, outline, [
    items[shown[0]?.index ?? 0]?.row ?? 0,
    items[shown.at(-1)?.index ?? 0]?.row ?? 0,
  ]);
  return (
    <div className={`panel ${styles.list}`}>
      <div className={styles.lanes} aria-hidden="true">
        <span />
        <span>{t('replay.chargePoint')}</span>
        <span />
        <span>CSMS</span>
        <span />
      </div>
      <div ref={scroller} className={styles.scroller}>
        <ol className={styles.sequence} style={{ height: virtual.getTotalSize() }} aria-label={t('replay.sequence')}>
          {shown.map(({ index, start, size }) => {
            const item = items[index];
            if (!item) return null;
            const answer = outline.answer[item.row] ?? -1;
            return (
              <SequenceRow
                key={item.row}
                row={item.row}
                top={start}
                height={size}
                quietMs={item.quietMs}
                at={outline.start + (outline.at[item.row] ?? 0)}
                direction={isEvent(outline, item.row) ? 'event' : outline.out[item.row] === 1 ? 'out' : 'in'}
                action={outline.actions[outline.action[item.row] ?? -1] ?? null}
                mark={OUTLINE_MARKS[outline.mark[item.row] || (outline.mark[answer] ?? 0)] ?? 'none'}
                message={messageAt(item.row)}
                answer={answer >= 0 && answer <= position ? messageAt(answer) : undefined}
                current={index === current}
                future={item.row > position}
                onSeek={onSeek}
              />
            );
          })}
        </ol>
      </div>
    </div>
  );
}

const isEvent = (outline: ReplayOutline, row: number): boolean => OUTLINE_KINDS[outline.kind[row] ?? -1] === 'event';

function spaceOf(quietMs: number): number {
  if (quietMs >= FOLDED_FROM_MS) return MOST_SPACE;
  return Math.min(MOST_SPACE, Math.round((quietMs / 1_000) * PIXELS_PER_SECOND));
}

/** Frames of the rows that show; rows are there before their frames. */
function useMessages(
  range: ReplayRange,
  outline: ReplayOutline,
  [first, last]: [number, number],
): (row: number) => Message | undefined {
  const from = Math.floor(first / outline.pageRows);
  // An answer may be on the page after its CALL's.
  const to = Math.min(Math.floor(last / outline.pageRows) + 1, Math.floor((outline.ids.length - 1) / outline.pageRows));
  const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const results = useQueries({ queries: pages.map((page) => pageQuery(range, page)) });
  return (row) => {
    const page = Math.floor(row / outline.pageRows);
    return results[page - from]?.data?.items[row - page * outline.pageRows];
  };
}
