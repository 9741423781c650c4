// biome-ignore-all lint/a11y/useSemanticElements: a virtualised table is laid out as a grid; rows scroll in a focusable region
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtualised table is laid out as a grid; rows scroll in a focusable region
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a virtualised table is laid out as a grid; rows scroll in a focusable region

import type { Exchange } from '@cpo-console/shared/message-log/exchanges.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../../../lib/format.ts';
import { MessageRow } from './message-row.tsx';
import styles from './messages.module.css';

const ROW_HEIGHT = 34;
/** Stays at the top while rows scroll under it. */
const HEAD_HEIGHT = 33;

interface MessageListProps {
  rows: Exchange[];
  /** Arrived since the list was left standing. */
  waiting: number;
  onFollow: () => void;
  onTop: (atTop: boolean) => void;
  onEnd: () => void;
  selected: string | undefined;
  onSelect: (id: string) => void;
  withName: boolean;
  mayClaimNoAnswer: boolean;
  footer: ReactNode;
}

export function MessageList(props: MessageListProps) {
  const { rows, waiting, onFollow, onTop, onEnd, selected, onSelect, withName, mayClaimNoAnswer, footer } = props;
  const { t, i18n } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    scrollMargin: HEAD_HEIGHT,
    overscan: 8,
    initialRect: { width: 900, height: 700 },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onEnd();
  }, [lastShown, rows.length, onEnd]);
  const chosen = rows.findIndex((row) => row.id === selected);
  const bringIntoView = useRef(virtual.scrollToIndex);
  bringIntoView.current = virtual.scrollToIndex;
  useEffect(() => {
    if (chosen >= 0) bringIntoView.current(chosen, { align: 'auto' });
  }, [chosen]);
  const follow = () => {
    scroller.current?.scrollTo({ top: 0 });
    onFollow();
  };
  return (
    <div className={`panel ${styles.list}`}>
      {waiting > 0 && (
        <button type="button" className={`btn p ${styles.waiting}`} onClick={follow}>
          {t('messages.new', { count: waiting, number: number(i18n.language, waiting) })} ↑
        </button>
      )}
      <div
        ref={scroller}
        className={styles.scroller}
        tabIndex={0}
        role="table"
        aria-label={t('nav.messages')}
        aria-rowcount={rows.length + 1}
        onScroll={(event) => onTop(event.currentTarget.scrollTop < ROW_HEIGHT / 2)}
      >
        <div role="rowgroup" className="vhead">
          <div role="row" className={`vrow ${styles.row}`} data-name={withName}>
            <div role="columnheader">{t('messages.time')}</div>
            {withName && <div role="columnheader">{t('messages.chargePoint')}</div>}
            <div role="columnheader" aria-label={t('messages.direction')} />
            <div role="columnheader">{t('messages.exchange')}</div>
            <div role="columnheader">{t('messages.outcome')}</div>
            <div role="columnheader" className={styles.end}>
              {t('messages.took')}
            </div>
          </div>
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const exchange = rows[item.index];
            return (
              exchange && (
                <MessageRow
                  key={exchange.id}
                  exchange={exchange}
                  top={item.start - HEAD_HEIGHT}
                  index={item.index}
                  selected={exchange.id === selected}
                  onSelect={onSelect}
                  withName={withName}
                  mayClaimNoAnswer={mayClaimNoAnswer}
                />
              )
            );
          })}
        </div>
        {footer}
      </div>
    </div>
  );
}
