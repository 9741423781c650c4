import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../open-database.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of an empty database and of one with all tables, which others are copied from. */
    postgres?: { server: string; template: string };
  }
}

const TEMPLATE = 'tables';

/** One server for all tests of the project `postgres`. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  await server.query(`create database ${TEMPLATE}`);
  const dataDir = await mkdtemp(join(tmpdir(), 'template-'));
  await (await openDatabase({ dataDir, databaseUrl: server.url(TEMPLATE) })).close();
  await rm(dataDir, { recursive: true });
  provide('postgres', { server: server.url(), template: TEMPLATE });
  return server.dispose;
}
