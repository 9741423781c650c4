import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { HOW_TO_GET_POSTGRES, postgresPrograms } from './server/src/database/testing/postgres-programs.ts';

/** They wait for conditions, not for times: on a busy machine that may take longer. */
const patience = { testTimeout: 30_000, hookTimeout: 30_000 };

/** What needs PostgreSQL, and what is tried with SQLite by `server` and has to hold with both. */
const postgres: TestProjectConfiguration = {
  test: {
    name: 'postgres',
    ...patience,
    root: 'server',
    environment: 'node',
    include: [
      '{src,test}/**/*.postgres.test.ts',
      'src/audit/*.test.ts',
      'src/auth/{api-tokens,first-administrator,open-sessions,sessions,users}.test.ts',
      'src/{charge-points,csms,retention}/**/*.test.ts',
      'src/message-log/{message-log,message-queries}.test.ts',
      'src/registry/embedded/*.test.ts',
      'test/{restart,sessions}.test.ts',
      'src/api/{annotations,door,id-tokens,jobs,retention,saved-searches,transactions}/*.test.ts',
    ],
    globalSetup: join(import.meta.dirname, 'server/src/database/testing/provide-postgres.ts'),
  },
};
const hasPostgres = postgresPrograms() !== undefined;
if (!hasPostgres) process.stderr.write(`${HOW_TO_GET_POSTGRES}\n`);

export default defineConfig({
  test: {
    // They wait for disks and sockets more than they compute: one for each core would leave them idle.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'shared',
          ...patience,
          root: 'shared',
          environment: 'node',
          include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'server',
          ...patience,
          root: 'server',
          environment: 'node',
          include: ['{src,test}/**/*.test.ts'],
          exclude: ['**/*.postgres.test.ts'],
        },
      },
      ...(hasPostgres ? [postgres] : []),
      {
        extends: 'web/vite.config.ts',
        test: { name: 'web', ...patience, root: 'web', environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
      },
      {
        test: { name: 'scripts', ...patience, root: 'scripts', environment: 'node', include: ['**/*.test.ts'] },
      },
    ],
  },
});
