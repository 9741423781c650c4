import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';

const PROGRAM = fileURLToPath(new URL('./testing/write-until-killed.ts', import.meta.url));

/** @returns what it had acknowledged when it was killed */
async function writeAndKill(dataDir: string, acknowledgements: number): Promise<string[]> {
  const child = spawn(process.execPath, [PROGRAM, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === acknowledgements) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return acknowledged;
}

test('after kill -9 everything that was acknowledged is there, and no half of a group', {
  timeout: 30_000,
}, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'durability-'));
  const acknowledged = await writeAndKill(dataDir, 2_000);
  const database = await openDatabase({ dataDir, databaseUrl: null });
  const rows = await database.query.selectFrom('things').select('thing_name').execute();
  const stored = new Set(rows.map((row) => row.thing_name));
  expect(acknowledged.length).toBeGreaterThanOrEqual(2_000);
  expect(acknowledged.filter((name) => !stored.has(`${name}-a`) || !stored.has(`${name}-b`))).toEqual([]);
  const halves = [...stored].filter((name) => !stored.has(name.replace(/[ab]$/, (end) => (end === 'a' ? 'b' : 'a'))));
  expect(halves).toEqual([]);
  await database.close();
  await rm(dataDir, { recursive: true });
});
