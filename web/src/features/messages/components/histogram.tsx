import type { ImportedLog } from '@cpo-console/shared/api/log.ts';
import { useQuery } from '@tanstack/react-query';
import { memo, type PointerEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateTime, number } from '../../../lib/format.ts';
import type { MessageFilter } from '../../../live/message-filter.ts';
import { histogramQuery } from '../api/message-queries.ts';
import styles from './messages.module.css';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const HEIGHT = 36;
/** A shorter drag is a click that slipped. */
const LEAST_SHARE = 0.005;

interface HistogramProps {
  filter: MessageFilter;
  imported: ImportedLog | undefined;
  onRange: (range: { from: string; to: string }) => void;
}

/** How many of the filtered messages came when, errors marked; a drag chooses a range. */
export const Histogram = memo(function Histogram({ filter, imported, onRange }: HistogramProps) {
  const { t, i18n } = useTranslation();
  const range = useRange(filter, imported);
  const waits = filter.import !== undefined && imported === undefined;
  const { data } = useQuery({
    ...histogramQuery({ ...filter, ...range }, filter.import === undefined),
    enabled: !waits,
  });
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const from = Date.parse(range.from);
  const to = Date.parse(range.to);
  const counts = data?.counts ?? [];
  const most = counts.reduce((max, count) => Math.max(max, count), 1);
  const shareOf = (event: PointerEvent<Element>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
  };
  const end = () => {
    setDrag(null);
    if (!drag || Math.abs(drag.to - drag.from) < LEAST_SHARE) return;
    const instant = (share: number) => new Date(from + share * (to - from)).toISOString();
    onRange({ from: instant(Math.min(drag.from, drag.to)), to: instant(Math.max(drag.from, drag.to)) });
  };
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <div className={`panel ${styles.histogram}`}>
      <svg
        viewBox={`0 0 ${Math.max(1, counts.length)} ${HEIGHT}`}
        preserveAspectRatio="none"
        height={HEIGHT}
        width="100%"
        role="img"
        aria-label={`${t('imports.histogram')} (${number(i18n.language, total)})`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = shareOf(event);
          setDrag({ from: at, to: at });
        }}
        onPointerMove={(event) => drag && setDrag({ from: drag.from, to: shareOf(event) })}
        onPointerUp={end}
        onPointerCancel={() => setDrag(null)}
      >
        {counts.map((count, index) => {
          if (count === 0) return null;
          const height = Math.max(2, (count / most) * HEIGHT);
          const bad = Math.min(count, data?.troubled[index] ?? 0);
          const badHeight = bad === 0 ? 0 : Math.max(3, (bad / most) * HEIGHT);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in time
            <g key={index}>
              <rect className={styles.bar} x={index + 0.1} width={0.8} y={HEIGHT - height} height={height} />
              <rect className={styles.badBar} x={index + 0.1} width={0.8} y={HEIGHT - badHeight} height={badHeight} />
            </g>
          );
        })}
        {drag && (
          <rect
            className={styles.brush}
            x={Math.min(drag.from, drag.to) * counts.length}
            width={Math.abs(drag.to - drag.from) * counts.length}
            y={0}
            height={HEIGHT}
          />
        )}
      </svg>
      <div className="row m mut" style={{ fontSize: 11 }}>
        <span>{dateTime(i18n.language, from)}</span>
        <span className="grow" />
        <span>{dateTime(i18n.language, to)}</span>
      </div>
      {data?.cutAt && (
        <div className="mut" style={{ fontSize: 12 }}>
          {t('query.cutAt', { time: dateTime(i18n.language, data.cutAt) })}
        </div>
      )}
    </div>
  );
});

/** What the filter says, or an imported log's own time, or the last day; by whole minutes, so that it stands still. */
export function useRange(filter: MessageFilter, imported: ImportedLog | undefined): { from: string; to: string } {
  return useMemo(() => {
    const now = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
    const last = imported?.to ? Date.parse(imported.to) + 1 : now;
    const to = filter.to === undefined ? last : Date.parse(filter.to);
    const first = imported?.from ? Date.parse(imported.from) : to - DAY_MS;
    const from = filter.from === undefined ? first : Date.parse(filter.from);
    return { from: new Date(Math.min(from, to - 1)).toISOString(), to: new Date(to).toISOString() };
  }, [filter.from, filter.to, imported]);
}
