import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { rowOfMessage } from '@cpo-console/shared/message-log/message-row.ts';
import type { ChargePointState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageView } from '../api/messages/message-view.ts';
import { createLiveStates } from '../charge-points/live-states.ts';
import { openMessageLog } from './journaled-message-log.ts';
import type { MessageLog, NewLogRow } from './message-log.ts';
import { createReplays, PAGE_ROWS } from './replay.ts';

const START = Date.UTC(2026, 4, 4, 23, 50);

let dataDir: string;
let log: MessageLog;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'replay-'));
  log = await openMessageLog({ dataDir });
});
afterEach(async () => {
  await log.close();
  await rm(dataDir, { recursive: true, force: true });
});

const durable = (): Promise<void> =>
  new Promise((resolve, reject) => log.whenDurable((error) => (error ? reject(error) : resolve())));

interface Said {
  thingName: 'CP1' | 'CP2';
  what: 'connect' | 'disconnect' | 'status' | 'start' | 'meter' | 'answer' | 'garbage';
  afterMs: number;
  value: number;
}

const FRAMES: Record<Said['what'], (value: number, id: string) => Partial<NewLogRow> & { frame: string }> = {
  connect: () => ({ kind: 'event', action: 'connected', frame: '{"protocol":"ocpp1.6","remoteAddress":"::1"}' }),
  disconnect: () => ({ kind: 'event', action: 'disconnected', frame: '{"code":1006,"reason":""}' }),
  status: (value, id) =>
    call('StatusNotification', { connectorId: value % 3, status: 'Charging', errorCode: 'NoError' }, id),
  start: (value, id) => call('StartTransaction', { connectorId: value % 3, idTag: 'A', meterStart: value }, id),
  meter: (value, id) =>
    call(
      'MeterValues',
      { connectorId: 1, transactionId: value, meterValue: [{ sampledValue: [{ value: `${value}` }] }] },
      id,
    ),
  answer: (value, id) => ({
    kind: 'result',
    direction: 'out',
    action: 'StartTransaction',
    messageId: id,
    frame: JSON.stringify([3, id, { transactionId: value, idTagInfo: { status: 'Accepted' } }]),
  }),
  garbage: () => ({ kind: 'malformed', frame: '[2,"' }),
};

const call = (action: string, payload: object, messageId: string) => ({
  kind: 'call' as const,
  action,
  messageId,
  frame: JSON.stringify([2, messageId, action, payload]),
});

function write(said: readonly Said[], from: number): LogRow[] {
  let at = from;
  return said.map(({ thingName, what, afterMs, value }) => {
    at += afterMs;
    const empty = { action: null, messageId: null, latencyMs: null, errorCode: null, violations: null } as const;
    const made = FRAMES[what](value, `m${value}`);
    return log.append({ ...empty, thingName, connectionId: 'c1', at, direction: 'in', kind: 'call', ...made }, null);
  });
}

const anySaid = fc.array(
  fc.record({
    thingName: fc.constantFrom('CP1' as const, 'CP1' as const, 'CP2' as const),
    what: fc.constantFrom<Said['what']>('connect', 'disconnect', 'status', 'start', 'meter', 'answer', 'garbage'),
    afterMs: fc.integer({ min: 0, max: 5_000 }),
    value: fc.integer({ min: 1, max: 5 }),
  }),
  // Several pages, and ends of the log at any place of one.
  { minLength: 1, maxLength: 700, size: 'max' },
);

const NO_SNAPSHOTS = { load: async () => ({ states: new Map(), progress: 0 }), save: async () => {} };

/** What the browser makes of a page. */
function asShownAfter(page: { state: ChargePointState; rows: LogRow[] } | null): ChargePointState | undefined {
  const came = JSON.parse(JSON.stringify(page?.rows.map(messageView) ?? [])) as Message[];
  return came.reduce((state: ChargePointState | undefined, message) => {
    return state && fold(state, rowOfMessage(message));
  }, page?.state);
}

describe('a replay', () => {
  it('shows at its last frame, wherever it begins, what the console showed live', async () => {
    const replays = createReplays(log, Date.now);
    const live = await createLiveStates({ log, snapshots: NO_SNAPSHOTS });
    let end = START;
    await fc.assert(
      fc.asyncProperty(anySaid, fc.double({ min: 0, max: 1, noNaN: true }), async (said, share) => {
        const rows = write(said, end).filter(({ thingName }) => thingName === 'CP1');
        await durable();
        const from = rows[Math.floor(rows.length * share)]?.at ?? end;
        end = (rows.at(-1)?.at ?? end) + 10_000;
        const range = { thingName: 'CP1', from, to: end };
        const { ids } = await replays.outline(range);
        expect(ids).toEqual(rows.filter(({ at }) => at >= from).map(({ id }) => id));
        const pages = Math.max(1, Math.ceil(ids.length / PAGE_ROWS));
        let before = await replays.page(range, 0);
        for (let page = 1; page < pages; page += 1) {
          const found = await replays.page(range, page);
          expect(found?.state).toEqual(asShownAfter(before));
          before = found;
        }
        expect(asShownAfter(before)).toEqual(live.get('CP1'));
        expect(await replays.page(range, pages)).toBeNull();
      }),
      { numRuns: 6, seed: 7 },
    );
    await live.close();
  }, 60_000);

  it('has at each page what the meter of the running session said so far', async () => {
    const said = (what: Said['what'], value: number): Said => ({ thingName: 'CP1', what, afterMs: 1_000, value });
    const readings = Array.from({ length: PAGE_ROWS }, () => said('meter', 7));
    const start = [said('connect', 0), said('start', 7), said('answer', 7)];
    const end = write([...start, ...readings], START).at(-1)?.at ?? START;
    await durable();
    const replays = createReplays(log, Date.now);
    const range = { thingName: 'CP1', from: START, to: end + 1 };
    expect((await replays.page(range, 0))?.curves).toEqual([]);
    const [curve] = (await replays.page(range, 1))?.curves ?? [];
    expect(curve).toMatchObject({ transactionId: '7' });
    expect(curve?.points.length).toBeGreaterThan(50);
    expect(curve?.points.at(-1)?.[0]).toBe(end - 3_000);
  });

  it('pairs calls with their answers and marks what is wrong', async () => {
    const said = (what: Said['what'], afterMs: number, value: number): Said => ({
      thingName: 'CP1',
      what,
      afterMs,
      value,
    });
    write(
      [
        said('connect', 0, 1),
        said('start', 10, 1),
        said('start', 10, 2),
        said('answer', 10, 1),
        said('garbage', 60_000, 1),
      ],
      START,
    );
    await durable();
    const outline = await createReplays(log, Date.now).outline({ thingName: 'CP1', from: START, to: START + 100_000 });
    expect(outline.answer).toEqual([-1, 3, -1, -1, -1]);
    expect(outline.mark).toEqual([0, 0, 3, 0, 1]);
    expect(outline.actions).toEqual(['connected', 'StartTransaction']);
    expect(outline.cutAt).toBeNull();
  });

  it('of a range without rows has one page, with the state before it', async () => {
    write([{ thingName: 'CP1', what: 'connect', afterMs: 0, value: 1 }], START);
    await durable();
    const replays = createReplays(log, Date.now);
    const range = { thingName: 'CP1', from: START + 1, to: START + 2 };
    expect((await replays.page(range, 0))?.state).toMatchObject({ connected: true, protocol: 'ocpp1.6' });
    expect(await replays.page(range, 1)).toBeNull();
  });

  it('of a time that has not ended yet goes on when it is opened again, and stays as it is afterwards', async () => {
    let now = START + 1_000;
    let reads = 0;
    const counted: Pick<MessageLog, 'query'> = {
      query: (query) => {
        reads += 1;
        return log.query(query);
      },
    };
    const replays = createReplays(counted, () => now);
    const range = { thingName: 'CP1', from: START, to: START + 10_000 };
    write([{ thingName: 'CP1', what: 'connect', afterMs: 0, value: 1 }], START);
    await durable();
    expect((await replays.outline(range)).ids).toHaveLength(1);
    write([{ thingName: 'CP1', what: 'disconnect', afterMs: 0, value: 1 }], START + 2_000);
    await durable();
    now = START + 20_000;
    expect((await replays.outline(range)).ids).toHaveLength(2);
    expect((await replays.page(range, 0))?.rows).toHaveLength(2);
    const before = reads;
    expect((await replays.outline(range)).ids).toHaveLength(2);
    expect(reads).toBe(before);
  });
});
