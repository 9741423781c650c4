import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabaseUrl } from '../../src/database/testing/open-test-database.ts';
import { type RunningServer, runServer } from './run-server.ts';

export type { RunningServer } from './run-server.ts';

/** With the database of the project that the test runs in. */
export async function startServer(settings: Record<string, string> = {}, root?: string): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'whole-app-'));
  const databaseUrl = await testDatabaseUrl(dataDir);
  return runServer(dataDir, { ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }), ...settings }, root);
}
