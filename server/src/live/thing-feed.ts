import type { StreamEvents } from '@cpo-console/shared/api/stream.ts';
import type { LiveStates } from '../charge-points/live-states.ts';
import { thingListView, thingView } from '../charge-points/thing-view.ts';
import type { Registry } from '../registry/registry.ts';
import type { EventStream } from './event-stream.ts';

const BATCH_EVERY_MS = 250;
/** The rest comes with the next batch. */
const BATCH_SIZE = 500;
/** A batch comes a little after the messages it follows from, so resuming at a message goes back by more than that. */
const RESUME_MARGIN_ROWS = 10_000;

export interface ThingFeedOptions {
  stream: EventStream;
  registry: Pick<Registry, 'get' | 'onChange'>;
  liveStates: Pick<LiveStates, 'get' | 'onChange' | 'changedAfter'>;
  thingNames: ReadonlySet<string> | null;
  /** Resume: also the things that changed after this id. */
  afterId: number | null;
}

/** Changed charge points in batches: however often one changes, it comes once a batch, as it is then. */
export function startThingFeed({ stream, registry, liveStates, thingNames, afterId }: ThingFeedOptions): void {
  const view = thingNames === null ? thingListView : thingView;
  const pending = new Set<string>();
  const note = (thingName: string): void => {
    if (thingNames === null || thingNames.has(thingName)) pending.add(thingName);
  };
  const flush = (): void => {
    if (pending.size === 0) return;
    const batch: StreamEvents['thing'] = { things: [], removed: [] };
    for (const thingName of takeSome(pending, BATCH_SIZE)) {
      const registered = registry.get(thingName);
      if (registered === null) batch.removed.push(thingName);
      else batch.things.push(view(registered, liveStates.get(thingName)));
    }
    stream.send('thing', JSON.stringify(batch));
  };

  if (afterId !== null) for (const name of liveStates.changedAfter(afterId - RESUME_MARGIN_ROWS)) note(name);
  const timer = setInterval(flush, BATCH_EVERY_MS);
  const stops = [
    liveStates.onChange((changed) => changed.forEach(note)),
    registry.onChange(({ thingName }) => note(thingName)),
    () => clearInterval(timer),
  ];
  stream.onClose(() => {
    for (const stop of stops) stop();
  });
}

function takeSome(names: Set<string>, count: number): string[] {
  const taken = [...names].slice(0, count);
  for (const name of taken) names.delete(name);
  return taken;
}
