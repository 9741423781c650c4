import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportedLog } from '@cpo-console/shared/api/log.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Rerun, RerunDifference } from '@cpo-console/shared/api/replays.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSimulatedChargePoint } from '../src/simulator/simulated-charge-point.ts';
import { type Product, startProduct } from './support/product.ts';

const FAST = { beforeMs: 1, sessionSeconds: 1, faultMs: 1, restartMs: 10 };
const CARD = 'CARD-1';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  await product.api('PUT', `/id-tokens/${CARD}`, { type: 'ISO14443', status: 'Accepted' });
}, 30_000);
afterAll(() => product.stop(), 20_000);

describe.each<OcppVersion>(['ocpp1.6', 'ocpp2.0.1'])('a recorded session in %s', (protocol) => {
  const name = `CP-${protocol === 'ocpp1.6' ? '16' : '201'}`;
  const sandbox = `SANDBOX-${name}`;

  it('has the same answers when it is run again, and another session', async () => {
    const file = await recorded(name, protocol);
    await product.api('POST', '/things', { thingName: sandbox, sandbox: true });
    const run = await replay(file, sandbox);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/[1-9]\d* answers compared(, .*)?, 0 different/);

    const [was, is] = [await theSession(name), await theSession(sandbox)];
    expect(is).toMatchObject({ active: false, idToken: CARD, energyWh: was.energyWh, stopReason: was.stopReason });
    expect(is.transactionId).not.toBe(was.transactionId);
  });

  it('shows where an answer is not as it was', async () => {
    const file = join(product.dataDir, `${name}.jsonl`);
    const text = await readFile(file, 'utf8');
    const action = protocol === 'ocpp1.6' ? 'StartTransaction' : 'BootNotification';
    const changed = text
      .split('\n')
      .map((line) => (line.includes(`"action":"${action}"`) ? line.replace('Accepted', 'Blocked') : line))
      .join('\n');
    await writeFile(`${file}.changed`, changed);
    const { code, stdout, stderr } = await replay(`${file}.changed`, sandbox);
    expect(stderr).toBe('');
    expect(stdout).toMatch(new RegExp(`${action}\n  \\S*/status  "Blocked" → "Accepted"`));
    expect(code).toBe(1);
  });

  it('is not sent to a charge point that is no sandbox, nor to one that nobody knows', async () => {
    const real = await product.connect(`REAL-${name}`, protocol);
    const file = join(product.dataDir, `${name}.jsonl`);
    const run = await replay(file, `REAL-${name}`);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('does not say that') });
    // Its connection was not taken over.
    expect(await real.call('Heartbeat', {})).toHaveLength(3);
    expect(await replay(file, 'NOBODY')).toMatchObject({ code: 2, stderr: expect.stringContaining('not registered') });
    const missing = join(product.dataDir, 'none.jsonl');
    expect(await replay(missing, sandbox)).toMatchObject({ code: 2, stderr: `${missing}: There is no such file.\n` });
  });
});

/** A session of a simulated charge point, as the console exports it. */
async function recorded(name: string, protocol: OcppVersion): Promise<string> {
  await product.api('POST', '/things', { thingName: name });
  const simulated = startSimulatedChargePoint({
    url: `${product.url.replace('http', 'ws')}/ocpp`,
    id: name,
    protocol,
    scenario: 'charge',
    idToken: CARD,
    timings: FAST,
  });
  await vi.waitUntil(async () => (await sessions(name))[0]?.active === false, { timeout: 20_000, interval: 100 });
  await simulated.stop();
  const exported = await product.raw('GET', `/api/v1/messages/export?format=jsonl&thingName=${name}&order=asc`);
  const file = join(product.dataDir, `${name}.jsonl`);
  await writeFile(file, await exported.text());
  return file;
}

const sessions = async (thingName: string): Promise<Transaction[]> =>
  (await product.api<Page<Transaction>>('GET', `/transactions?thingName=${thingName}`)).items;

async function theSession(thingName: string): Promise<Transaction> {
  const [session, ...more] = await sessions(thingName);
  if (session === undefined || more.length > 0) throw new Error(`${thingName} has ${more.length + 1} sessions`);
  return session;
}

describe('the server itself', () => {
  const post = (body: object) => product.request('POST', '/replays', body);
  const source = { thingName: 'CP-16', from: '2026-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };

  it('sends a range of its own log, tells how far it is, and what differs', async () => {
    await product.api('POST', '/things', { thingName: 'SANDBOX-1', sandbox: true, auth: { type: 'none' } });
    // Another card: the answers about it are other ones.
    await product.api('PUT', `/id-tokens/${CARD}`, { type: 'ISO14443', status: 'Blocked' });
    const started = await product.api<Rerun>('POST', '/replays', { source, target: 'SANDBOX-1' });
    expect(started).toMatchObject({ status: 'running', source: { importId: null }, target: 'SANDBOX-1', speed: 'max' });
    const ended = await theEndOf(started.id);
    expect(ended).toMatchObject({ status: 'done', problem: null });
    expect(ended.progress.done).toBe(ended.progress.steps);
    expect(ended.progress.differences).toBeGreaterThan(0);
    const { items } = await product.api<Page<RerunDifference>>('GET', `/replays/${started.id}/differences`);
    const start = items.find(({ action }) => action === 'StartTransaction');
    expect(start).toMatchObject({
      kind: 'answer',
      places: [{ path: '/idTagInfo/status', recorded: 'Accepted', today: 'Blocked' }],
      recorded: { idTagInfo: { status: 'Accepted' } },
      today: { idTagInfo: { status: 'Blocked' } },
    });
    const first = await product.api<Page<RerunDifference>>('GET', `/replays/${started.id}/differences?limit=1`);
    expect(first.items).toEqual(items.slice(0, 1));
    expect((await product.api<Page<Rerun>>('GET', '/replays')).items.map(({ id }) => id)).toEqual([started.id]);
  });

  it('does so for an imported log, in its own time, until it is stopped', async () => {
    const text = await readFile(join(product.dataDir, 'CP-201.jsonl'), 'utf8');
    const made = await product.raw('POST', '/api/v1/messages/import?name=log', { body: text });
    const { id: importId } = (await made.json()) as { id: string };
    await vi.waitUntil(async () => (await product.api<ImportedLog>('GET', `/imports/${importId}`)).status === 'done', {
      timeout: 20_000,
    });
    const slow = await product.api<Rerun>('POST', '/replays', {
      source: { importId },
      target: 'SANDBOX-1',
      speed: 0.01,
    });
    expect(slow.source.thingName).toBe('CP-201');
    expect(await post({ source: { importId }, target: 'SANDBOX-1' })).toMatchObject({ status: 409 });
    expect(await product.request('DELETE', `/replays/${slow.id}`)).toMatchObject({ status: 409 });
    for (const _ of ['stopped', 'stopped already']) {
      expect(await product.api('POST', `/replays/${slow.id}/stop`)).toMatchObject({ status: 'cancelled' });
    }
    const { items, nextCursor } = await product.api<Page<Rerun>>('GET', '/replays?limit=1');
    expect(items.map(({ id }) => id)).toEqual([slow.id]);
    const rest = await product.api<Page<Rerun>>('GET', `/replays?limit=1&cursor=${nextCursor}`);
    expect(rest).toMatchObject({ items: [{ target: 'SANDBOX-1', status: 'done' }], nextCursor: null });
    await product.api('DELETE', `/replays/${slow.id}`);
    expect(await product.request('GET', `/replays/${slow.id}`)).toMatchObject({ status: 404 });
  });

  it('refuses whatever is no sandbox, nobody, or connected', async () => {
    expect(await post({ source, target: 'CP-16' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('isn’t marked as a sandbox') },
    });
    expect(await post({ source, target: 'NOBODY' })).toMatchObject({ status: 404 });
    const real = await product.connect('SANDBOX-1', 'ocpp1.6');
    await real.call('Heartbeat', {});
    expect(await post({ source, target: 'SANDBOX-1' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('is connected') },
    });
    await real.close();
    expect(await post({ source: { ...source, thingName: 'SILENT' }, target: 'SANDBOX-CP-16' })).toMatchObject({
      status: 409,
    });
    await product.api('PATCH', '/things/SANDBOX-1', { sandbox: false });
    expect(await post({ source, target: 'SANDBOX-1' })).toMatchObject({ status: 409 });
  });
});

async function theEndOf(id: string): Promise<Rerun> {
  const now = () => product.api<Rerun>('GET', `/replays/${id}`);
  await vi.waitUntil(async () => (await now()).status !== 'running', { timeout: 20_000, interval: 50 });
  return now();
}

function replay(file: string, id: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const main = join(import.meta.dirname, '../src/rerun/main.ts');
  const url = `${product.url.replace('http', 'ws')}/ocpp`;
  return new Promise((resolve) => {
    execFile(process.execPath, [main, file, '--url', url, '--cp-id', id], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
