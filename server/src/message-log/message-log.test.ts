import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabaseUrl } from '../database/testing/open-test-database.ts';
import type { MessageLog, NewLogRow } from './message-log.ts';
import { openTestLog } from './testing/open-test-log.ts';

const NOON = Date.UTC(2026, 4, 4, 12);
const row = (changes: Partial<NewLogRow> = {}): NewLogRow => ({
  thingName: 'CP1',
  connectionId: 'c1',
  at: NOON,
  direction: 'in',
  kind: 'call',
  action: 'Heartbeat',
  messageId: '1',
  frame: '[2,"1","Heartbeat",{}]',
  latencyMs: null,
  errorCode: null,
  violations: null,
  ...changes,
});

const durable = (log: MessageLog): Promise<void> =>
  new Promise((resolve, reject) => log.whenDurable((error) => (error ? reject(error) : resolve())));

let dataDir: string;
const opened: MessageLog[] = [];
const open = async (): Promise<MessageLog> => {
  const log = await openTestLog(dataDir);
  opened.push(log);
  return log;
};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'message-log-'));
});
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the message log', () => {
  it('gives back a row exactly as it was written, whatever the frame holds', async () => {
    const log = await open();
    const frame = '[2,"1","X",\n{"a":"é\u0000 日本 \u{1f50c}"}]\n';
    const violations = [
      { path: '/a', rule: 'maxLength', message: 'is longer than 20 characters', code: 'FormatViolation' as const },
    ];
    const written = log.append(row({ frame, violations, latencyMs: 12, errorCode: 'InternalError' }), null);
    await durable(log);
    expect(await log.query({ limit: 10 })).toEqual([written]);
    expect(await log.row(written.id)).toEqual(written);
  });

  it('pairs CALLs and answers that are on other pages, or on either side of midnight', async () => {
    const log = await open();
    const midnight = Date.UTC(2026, 4, 5);
    const call = log.append(row({ at: midnight - 1_000, messageId: 'a' }), null);
    const lonely = log.append(row({ at: midnight - 900, messageId: 'b', connectionId: 'c9' }), null);
    for (let n = 0; n < 150; n += 1) log.append(row({ at: midnight + n, messageId: 'a', thingName: 'CP9' }), null);
    const answer = log.append(row({ at: midnight + 500, messageId: 'a', kind: 'result', direction: 'out' }), null);
    const again = log.append(row({ at: midnight + 600, messageId: 'a' }), null);
    const none = { partnerId: null, repeatsId: false };
    expect(await log.relations([answer, again])).toEqual({
      relations: [
        { id: answer.id, partnerId: call.id, repeatsId: false },
        { id: again.id, partnerId: null, repeatsId: true },
        { id: call.id, partnerId: answer.id, repeatsId: false },
      ],
      partners: [call],
    });
    expect(await log.relations([lonely])).toEqual({ relations: [{ id: lonely.id, ...none }], partners: [] });
  });

  it('pages newest first and oldest first without a gap or a duplicate, across days', async () => {
    const log = await open();
    for (let n = 0; n < 25; n += 1) log.append(row({ at: NOON + n * 3_600_000, messageId: String(n) }), null);
    await durable(log);
    for (const order of ['asc', 'desc'] as const) {
      const seen: string[] = [];
      let afterId: number | undefined;
      for (;;) {
        const page = await log.query({ order, limit: 7, ...(afterId === undefined ? {} : { afterId }) });
        seen.push(...page.map(({ messageId }) => messageId ?? ''));
        if (page.length < 7) break;
        afterId = page.at(-1)?.id;
      }
      const expected = Array.from({ length: 25 }, (_, n) => String(n));
      expect(seen).toEqual(order === 'asc' ? expected : expected.reverse());
    }
  });

  it('filters by every column', async () => {
    const log = await open();
    const broken = [
      { path: '', rule: 'required', message: 'is missing', code: 'OccurrenceConstraintViolation' as const },
    ];
    log.append(row({ messageId: 'a' }), null);
    log.append(row({ messageId: 'b', thingName: 'CP2', at: NOON + 200_000 }), null);
    log.append(row({ messageId: 'c', direction: 'out', kind: 'result', latencyMs: 3, at: NOON + 400_000 }), null);
    log.append(row({ messageId: 'd', kind: 'error', errorCode: 'NotImplemented', at: NOON + 600_000 }), null);
    log.append(row({ messageId: 'e', action: 'BootNotification', violations: broken, at: NOON + 800_000 }), null);
    await durable(log);
    const found = async (filter: Parameters<MessageLog['query']>[0]): Promise<string> =>
      (await log.query(filter)).map(({ messageId }) => messageId).join('');
    const limit = 10;
    expect(await found({ thingName: 'CP2', limit })).toBe('b');
    expect(await found({ thingName: 'never seen', limit })).toBe('');
    expect(await found({ direction: 'out', limit })).toBe('c');
    expect(await found({ kind: 'error', limit })).toBe('d');
    expect(await found({ errorCode: 'NotImplemented', limit })).toBe('d');
    expect(await found({ action: 'BootNotification', limit })).toBe('e');
    expect(await found({ messageId: 'a', limit })).toBe('a');
    expect(await found({ violation: true, limit })).toBe('e');
    expect(await found({ violation: 'required', limit })).toBe('e');
    expect(await found({ violation: 'maxLength', limit })).toBe('');
    expect(await found({ from: NOON + 200_000, to: NOON + 600_000, limit })).toBe('cb');
  });

  it('reads what was written behind rows that were read before', async () => {
    const log = await open();
    const seen: string[][] = [];
    for (let n = 0; n < 3; n += 1) {
      for (let k = 0; k < 5; k += 1)
        log.append(row({ messageId: `${n}`, frame: `[2,"${n}","Round${n}",{"k":${k}}]` }), null);
      await durable(log);
      const frames = (await log.query({ limit: 20, order: 'asc' })).map(({ frame }) => frame);
      const found = (await log.query({ limit: 20, order: 'asc', q: `Round${n}` })).map(({ frame }) => frame);
      expect(found).toEqual(frames.slice(-5));
      seen.push(frames);
    }
    expect(seen[2]?.slice(0, 10)).toEqual(seen[1]);
    expect(seen[2]?.every((frame) => frame.startsWith('[2,'))).toBe(true);
  });

  it('goes on where it stood after a restart, and ids keep rising', async () => {
    const first = await open();
    const before = first.append(row({ messageId: 'before' }), null);
    await durable(first);
    await opened.pop()?.close();
    const second = await open();
    const after = second.append(row({ messageId: 'after' }), null);
    await durable(second);
    expect(after.id).toBeGreaterThan(before.id);
    expect((await second.query({ limit: 10 })).map(({ messageId }) => messageId)).toEqual(['after', 'before']);
  });

  it('passes over half a batch at the end of the journal', async () => {
    const first = await open();
    first.append(row({ messageId: 'whole' }), null);
    await durable(first);
    await opened.pop()?.close();
    const folder = join(dataDir, (await testDatabaseUrl(dataDir)) === null ? 'journal' : 'spool');
    const [segment] = await readdir(folder);
    await appendFile(join(folder, segment ?? ''), Buffer.from('CPO1\0\0\0\x50torn'));
    const second = await open();
    expect((await second.query({ limit: 10 })).map(({ messageId }) => messageId)).toEqual(['whole']);
  });

  it('hands durable rows to listeners in order, and to those that come later from memory', async () => {
    const log = await open();
    const heard: number[] = [];
    log.subscribe((entries) => heard.push(...entries.map((entry) => entry.row.id)));
    const ids = ['a', 'b', 'c'].map((messageId) => log.append(row({ messageId }), null).id);
    await durable(log);
    expect(heard).toEqual(ids);
    expect(log.recent(ids[0] ?? 0)?.map((row) => row.id)).toEqual(ids.slice(1));
    expect(log.recent(log.lastId())).toEqual([]);
  });

  it('has every acknowledged row exactly once after kill -9', { timeout: 60_000 }, async () => {
    const script = new URL('./testing/append-until-killed.ts', import.meta.url).pathname;
    for (let round = 0; round < 3; round += 1) {
      const url = (await testDatabaseUrl(dataDir)) ?? '';
      const child = spawn(process.execPath, [script, dataDir, url], { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (bytes: Buffer) => {
          output += bytes.toString();
          if (output.split('\n').length > 2_000) child.kill('SIGKILL');
        });
        child.on('close', () => resolve());
      });
      const acknowledged = output.split('\n').slice(0, -1);
      const log = await open();
      const stored: string[] = [];
      await log.replay(0, ({ messageId }) => stored.push(messageId ?? ''));
      await opened.pop()?.close();
      expect(new Set(stored).size).toBe(stored.length);
      const found = new Set(stored);
      expect(acknowledged.length).toBeGreaterThan(1_000);
      expect(acknowledged.filter((messageId) => !found.has(messageId))).toEqual([]);
    }
  });
});
