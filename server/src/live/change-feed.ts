import type { ChangedRecords } from '@cpo-console/shared/api/stream.ts';
import type { RecordNews } from '../instances/record-news.ts';
import type { ChangingStore } from './changing-stores.ts';
import type { EventStream } from './event-stream.ts';

const BATCH_EVERY_MS = 250;

export interface ChangeFeedOptions {
  stream: EventStream;
  stores: Record<ChangedRecords['records'], readonly ChangingStore[]>;
  /** From other processes, where there are any. */
  news: Pick<RecordNews, 'onNews'> | null;
  thingNames: ReadonlySet<string> | null;
}

/** Says which records of which charge points are worth fetching again. However often they change, once a batch. */
export function startChangeFeed({ stream, stores, news, thingNames }: ChangeFeedOptions): void {
  const pending = new Map<string, ChangedRecords>();
  const flush = (): void => {
    for (const change of pending.values()) stream.send('changed', JSON.stringify(change));
    pending.clear();
  };
  const timer = setInterval(flush, BATCH_EVERY_MS);
  stream.onClose(() => clearInterval(timer));
  const note = (change: ChangedRecords): void => {
    const { thingName, records } = change;
    if (thingNames === null || thingNames.has(thingName)) pending.set(`${records} ${thingName}`, change);
  };
  for (const [records, list] of Object.entries(stores) as [ChangedRecords['records'], ChangingStore[]][]) {
    for (const store of list) stream.onClose(store.onChange((thingName) => note({ thingName, records })));
  }
  if (news !== null) stream.onClose(news.onNews(({ changed }) => changed.forEach(note)));
}
