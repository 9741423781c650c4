import { isDeepStrictEqual } from 'node:util';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { type ChargePointState, initialState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arbitraryRequest } from './support/arbitrary-payloads.ts';
import { type Product, startProduct } from './support/product.ts';

const SEED = 20_260_504;
const SEQUENCES = 1_000;
const AT_ONCE = 100;

/** Said more often than the others, as charge points do: these change what the CSMS believes. */
const FREQUENT = [
  'BootNotification',
  'StatusNotification',
  'MeterValues',
  'StartTransaction',
  'StopTransaction',
  'TransactionEvent',
];

interface Said {
  action: string;
  payload: object;
}

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  for (const idToken of ['CARD-1', 'CARD-2']) await product.api('PUT', `/id-tokens/${idToken}`, {});
});
afterAll(() => product.stop(), 60_000);

function sequences(version: OcppVersion): Said[][] {
  const actions = Object.entries(ACTIONS[version]).flatMap(([action, { from, send }]) =>
    from === 'csms' || send === true ? [] : [action],
  );
  const said = actions.map((action) => ({
    weight: FREQUENT.includes(action) ? 6 : 1,
    arbitrary: arbitraryRequest(version, action).map((payload) => ({ action, payload })),
  }));
  return fc.sample(fc.array(fc.oneof(...said), { minLength: 1, maxLength: 6 }), { seed: SEED, numRuns: SEQUENCES });
}

/** Says a sequence as a charge point would, a CALL after the answer to the one before. @returns the answers to each */
async function play(thingName: string, version: OcppVersion, sequence: Said[]): Promise<unknown[][]> {
  const chargePoint = await product.connect(thingName, version);
  let lastStarted: unknown;
  for (const { action, payload } of sequence) {
    // 1.6: an id that the CSMS gave, every other time.
    const isOurs = lastStarted !== undefined && 'transactionId' in payload && payload.transactionId !== 0;
    const answer = await chargePoint.call(action, isOurs ? { ...payload, transactionId: lastStarted } : payload);
    if (action === 'StartTransaction') lastStarted = (answer[2] as { transactionId?: unknown }).transactionId;
  }
  await chargePoint.close();
  return sequence.map((_, index) => chargePoint.heard.filter((frame) => frame[1] === `m${index + 1}`)) as unknown[][];
}

async function all<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await product.api('GET', `${path}${cursor === null ? '' : `&cursor=${cursor}`}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** One answer: a CALLRESULT, or the word that nothing serves this. */
const isRight = (frames: unknown[]): boolean => {
  const [answer] = frames as unknown[][];
  return frames.length === 1 && (answer?.[0] === 3 || answer?.[2] === 'NotImplemented');
};

const toRow = (message: Message): LogRow => ({
  ...message,
  id: Number(message.id),
  at: Date.parse(message.at),
  latencyMs: message.latencyMs ?? null,
  errorCode: message.errorCode ?? null,
  violations: message.violations ?? null,
});

test.each(OCPP_VERSIONS)(
  '%s: whatever valid frames come, each CALL gets one answer, and the projection of the log is what REST says',
  {
    timeout: 120_000,
  },
  async (version) => {
    const prefix = version.replaceAll('.', '-');
    const played = sequences(version).map((sequence, n) => ({ thingName: `${prefix}_${n}`, sequence }));
    const from = new Date().toISOString();
    const wrong: unknown[] = [];
    await forEach(played, async ({ thingName, sequence }) => {
      const answers = await play(thingName, version, sequence);
      if (!answers.every(isRight)) wrong.push({ thingName, sequence, answers });
    });
    expect(wrong).toEqual([]);

    const rows = Map.groupBy(
      await all<Message>(`/messages?order=asc&limit=1000&from=${from}`),
      ({ thingName }) => thingName,
    );
    const sessions = Map.groupBy(await all<Transaction>('/transactions?limit=1000'), ({ thingName }) => thingName);
    await forEach(played, async ({ thingName, sequence }) => {
      const thing = await product.api<Thing>('GET', `/things/${thingName}`);
      let projected = initialState(thingName);
      for (const message of rows.get(thingName) ?? []) projected = fold(projected, toRow(message));
      const isSame = isDeepStrictEqual(thing.state, projected) && agree(projected, sessions.get(thingName) ?? []);
      if (isSame) return;
      wrong.push({ thingName, sequence, state: thing.state, projected, sessions: sessions.get(thingName) });
    });
    expect(wrong[0]).toBeUndefined();
    expect(wrong).toHaveLength(0);
  },
);

/** What goes on at the charge point is what the list of sessions calls active, with the same facts. */
function agree({ transactions }: ChargePointState, sessions: readonly Transaction[]): boolean {
  const inState = transactions.map(({ startedAt, meterStartWh, ...session }) =>
    factsOf({ ...session, startedAt: new Date(startedAt).toISOString(), meterStart: meterStartWh }),
  );
  const inList = sessions.filter(({ active }) => active).map(factsOf);
  return isDeepStrictEqual(
    Map.groupBy(inState, ([id]) => id),
    Map.groupBy(inList, ([id]) => id),
  );
}

type Facts = Pick<
  Transaction,
  | 'transactionId'
  | 'evseId'
  | 'connectorId'
  | 'idToken'
  | 'startedAt'
  | 'startSeen'
  | 'meterStart'
  | 'energyWh'
  | 'powerW'
  | 'chargingState'
>;
const factsOf = (session: Facts): unknown[] => [
  session.transactionId,
  session.evseId,
  session.connectorId,
  session.idToken,
  session.startedAt,
  session.startSeen,
  session.meterStart,
  session.energyWh,
  session.powerW,
  session.chargingState,
];

/** A bounded number at a time. */
async function forEach<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
