import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { DecodedFrame } from '@cpo-console/shared/ocpp-j/frame.ts';
import { type ChargePointState, initialState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import type { LogEntry, MessageLog } from '../message-log/message-log.ts';
import type { KnownState, StateSnapshots } from './state-snapshots.ts';

export interface LiveStatesOptions {
  log: Pick<MessageLog, 'subscribe' | 'replay'>;
  snapshots: StateSnapshots;
  /** What changed within this time is told at once. */
  notifyEveryMs?: number;
  saveEveryMs?: number;
  onTrouble?: (error: unknown) => void;
}

/** Every charge point as its frames say, live. After a restart it is what folding the whole log would give. */
export interface LiveStates {
  get(thingName: string): ChargePointState | null;
  list(): IterableIterator<[thingName: string, state: ChargePointState]>;
  /** Listeners must not throw. */
  onChange(listener: (changed: ReadonlySet<string>) => void): () => void;
  /** Those whose last row has a greater id. */
  changedAfter(logId: number): string[];
  /** Connections that were open when the process before this one ended without closing them. */
  connectedAtStart(): readonly { thingName: string; connectionId: string }[];
  /** Saves what has changed; changes after it are found by replay. */
  close(): Promise<void>;
}

export async function createLiveStates(options: LiveStatesOptions): Promise<LiveStates> {
  const { log, snapshots, notifyEveryMs = 100, saveEveryMs = 15_000, onTrouble } = options;
  const listeners = new Set<(changed: ReadonlySet<string>) => void>();
  const { states, progress } = await snapshots.load();
  let position = progress;
  let unsaved = new Set<string>();
  let untold = new Set<string>();

  const take = (row: LogRow, decoded: DecodedFrame | null): void => {
    position = Math.max(position, row.id);
    const known = states.get(row.thingName);
    // Whoever knocks may use any name, so a refusal alone makes no state.
    if (known === undefined && row.kind === 'event' && row.action === 'refused') return;
    if (known !== undefined && row.id <= known.logId) return;
    const before = known?.state ?? initialState(row.thingName);
    states.set(row.thingName, { state: fold(before, row, decoded ?? undefined), logId: row.id });
    unsaved.add(row.thingName);
    untold.add(row.thingName);
  };

  // Rows that come while the old ones are replayed wait, so that each state takes its rows in order.
  let waiting: LogEntry[] | null = [];
  const stop = log.subscribe((entries) => {
    if (waiting !== null) waiting.push(...entries);
    else for (const { row, decoded } of entries) take(row, decoded);
  });
  await log.replay(progress, (row) => take(row, null));
  for (const { row, decoded } of waiting) take(row, decoded);
  waiting = null;
  untold.clear();
  const leftOpen = openConnections(states);

  const tell = (): void => {
    if (untold.size === 0) return;
    const changed = untold;
    untold = new Set();
    for (const listener of listeners) listener(changed);
  };
  let saving = Promise.resolve();
  const save = (): Promise<void> => {
    saving = saving.then(async () => {
      if (unsaved.size === 0) return;
      const names = unsaved;
      const upTo = position;
      unsaved = new Set();
      try {
        await snapshots.save(pick(states, names), upTo);
      } catch (error) {
        for (const name of names) unsaved.add(name);
        onTrouble?.(error);
      }
    });
    return saving;
  };
  const telling = setInterval(tell, notifyEveryMs);
  const savingTimer = setInterval(save, saveEveryMs);

  return {
    get: (thingName) => states.get(thingName)?.state ?? null,
    *list() {
      for (const [thingName, { state }] of states) yield [thingName, state];
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changedAfter: (logId) => [...states].filter(([, known]) => known.logId > logId).map(([thingName]) => thingName),
    connectedAtStart: () => leftOpen,
    async close() {
      stop();
      clearInterval(telling);
      clearInterval(savingTimer);
      await save();
    },
  };
}

const pick = (states: ReadonlyMap<string, KnownState>, names: ReadonlySet<string>): Map<string, KnownState> => {
  const picked = new Map<string, KnownState>();
  for (const name of names) {
    const known = states.get(name);
    if (known !== undefined) picked.set(name, known);
  }
  return picked;
};

function openConnections(states: ReadonlyMap<string, KnownState>): { thingName: string; connectionId: string }[] {
  const open: { thingName: string; connectionId: string }[] = [];
  for (const [thingName, { state }] of states) {
    if (state.connected) open.push({ thingName, connectionId: state.connectionId ?? '' });
  }
  return open;
}
