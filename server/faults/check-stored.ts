import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { MeterValue, Transaction } from '@cpo-console/shared/api/transactions.ts';
import type { RunningServer } from '../test/support/run-server.ts';
import type { Ledger } from './fleet.ts';
import type { ToldSession } from './session-script.ts';

/** So many sessions are asked for their meter values, which is one request each. */
const METER_VALUES_OF = 10;

type Asked = Pick<RunningServer, 'request' | 'api'>;

/** What of the ledger the server does not have, or has otherwise, asked as any program would ask. */
export async function checkStored(server: Asked, ledger: Ledger): Promise<string[]> {
  return [...(await checkLog(server, ledger)), ...(await checkSessions(server, ledger))];
}

async function checkLog(server: Asked, { since, acknowledged }: Ledger): Promise<string[]> {
  const expected = new Map(acknowledged.map((frame) => [frame.messageId, { ...frame, calls: 0, answers: 0 }]));
  const problems: string[] = [];
  const from = new Date(since - 1_000).toISOString();
  const response = await server.request('GET', `/messages/export?format=jsonl&from=${from}`);
  if (!response.ok || response.body === null) return [`The log can't be exported: ${response.status}`];
  for await (const line of createInterface({ input: Readable.fromWeb(response.body as never) })) {
    const row = JSON.parse(line) as Message;
    const frame = expected.get(row.messageId ?? '');
    if (frame === undefined) continue;
    const isCall = row.direction === 'in' && row.kind === 'call';
    if (isCall) frame.calls += 1;
    else frame.answers += 1;
    if (row.frame !== (isCall ? frame.call : frame.answer) || row.thingName !== frame.thingName)
      problems.push(`${frame.messageId}: the log has ${row.frame}`);
  }
  for (const { messageId, calls, answers } of expected.values()) {
    if (calls !== 1) problems.push(`${messageId}: acknowledged, ${calls} times in the log`);
    if (answers !== 1) problems.push(`${messageId}: its answer is ${answers} times in the log`);
  }
  return problems;
}

const key = ({ thingName, startedAt }: Pick<Transaction, 'thingName' | 'startedAt'>): string =>
  `${thingName} ${Date.parse(startedAt)}`;

async function checkSessions(server: Asked, { sessions }: Ledger): Promise<string[]> {
  const told = sessions.filter(({ transactionId }) => transactionId !== null);
  const stored = await storedSessions(server, sessions);
  const problems: string[] = [];
  for (const session of told) {
    const [found, ...more] = stored.get(key(session)) ?? [];
    const problem = found === undefined ? 'is not there' : more.length > 0 ? 'is there twice' : differs(session, found);
    if (problem !== null) problems.push(`Session ${session.transactionId} of ${session.thingName} ${problem}`);
  }
  for (let n = 0; n < METER_VALUES_OF && told.length > 0; n += 1) {
    const session = told[Math.floor((n * told.length) / METER_VALUES_OF)];
    const [found] = session === undefined ? [] : (stored.get(key(session)) ?? []);
    if (session !== undefined && found !== undefined) problems.push(...(await checkReadings(server, session, found)));
  }
  return problems;
}

function differs(session: ToldSession, { transactionId, meterStart, active, energyWh }: Transaction): string | null {
  const { meterStop } = session;
  if (transactionId !== session.transactionId) return `is there as ${transactionId}`;
  if (meterStart !== session.meterStart) return `began at ${session.meterStart} Wh and is there with ${meterStart}`;
  if (meterStop === null) return null;
  if (active) return 'was ended, and is there as if it ran';
  const energy = meterStop - session.meterStart;
  return energyWh === energy ? null : `took ${energy} Wh and is there with ${energyWh}`;
}

async function checkReadings(server: Asked, session: ToldSession, { id }: Transaction): Promise<string[]> {
  const { items } = await server.api<Page<MeterValue>>('GET', `/transactions/${id}/meter-values`);
  const values = new Set(items.flatMap(({ samples }) => samples.map(({ value }) => value)));
  const missing = session.readings.filter((wh) => !values.has(wh));
  return missing.map((wh) => `Session ${session.transactionId}: its reading of ${wh} Wh is not there`);
}

/** By charge point and begin. */
async function storedSessions(server: Asked, sessions: readonly ToldSession[]): Promise<Map<string, Transaction[]>> {
  const stored = new Map<string, Transaction[]>();
  const [from] = sessions.map(({ startedAt }) => startedAt).sort();
  if (from === undefined) return stored;
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<Transaction> = await server.api('GET', `/transactions?from=${from}&limit=500${after}`);
    for (const transaction of page.items) {
      const place = key(transaction);
      stored.set(place, [...(stored.get(place) ?? []), transaction]);
    }
    cursor = page.nextCursor;
  }
  return stored;
}
