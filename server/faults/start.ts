import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '../src/database/testing/postgres.ts';
import { type RunningServer, runServer } from '../test/support/run-server.ts';
import { pause, until } from './until.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const SETTINGS = { LOG_LEVEL: 'warn', MAX_FRAMES_PER_SECOND: '1000000' };

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'faults-'));

/** In a folder that may have data. */
export const startIn = (dataDir: string, settings: Record<string, string> = {}): Promise<RunningServer> =>
  runServer(dataDir, { ...SETTINGS, ...settings });

export const startWith = async (settings: Record<string, string> = {}): Promise<RunningServer> =>
  startIn(await newFolder(), settings);

/** `kill -9` so many milliseconds after it began to write. */
export async function killAtStart(dataDir: string, afterMs: number): Promise<void> {
  const env = { ...process.env, ...SETTINGS, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir };
  const child = spawn(process.execPath, [MAIN], { env, stdio: 'ignore' });
  const exited = once(child, 'exit');
  await until(() => existsSync(join(dataDir, 'console.sqlite')), 'It opens its database');
  await pause(afterMs);
  child.kill('SIGKILL');
  await exited;
}

/** The product on a PostgreSQL of its own. */
export async function startOnPostgres(): Promise<{ server: RunningServer; postgres: Postgres }> {
  const postgres = await startPostgres();
  try {
    return { server: await startWith({ DATABASE_URL: postgres.url() }), postgres };
  } catch (error) {
    await postgres.dispose();
    throw error;
  }
}
