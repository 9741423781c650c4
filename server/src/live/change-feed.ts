import type { ChangedRecords } from '@cpo-console/shared/api/stream.ts';
import type { EventStream } from './event-stream.ts';

const BATCH_EVERY_MS = 250;

/** A store that tells whose records have changed. */
export interface ChangingStore {
  onChange(listener: (thingName: string) => void): () => void;
}

/** Says which records of which charge points are worth fetching again. However often they change, once a batch. */
export function startChangeFeed(
  stream: EventStream,
  stores: Record<ChangedRecords['records'], readonly ChangingStore[]>,
  thingNames: ReadonlySet<string> | null,
): void {
  const pending = new Map<string, ChangedRecords>();
  const flush = (): void => {
    for (const change of pending.values()) stream.send('changed', JSON.stringify(change));
    pending.clear();
  };
  const timer = setInterval(flush, BATCH_EVERY_MS);
  stream.onClose(() => clearInterval(timer));
  for (const [records, list] of Object.entries(stores) as [ChangedRecords['records'], ChangingStore[]][]) {
    const note = (thingName: string): void => {
      if (thingNames === null || thingNames.has(thingName))
        pending.set(`${records} ${thingName}`, { thingName, records });
    };
    for (const store of list) stream.onClose(store.onChange(note));
  }
}
