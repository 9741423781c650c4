import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** They wait for conditions, not for times: on a busy machine that may take longer. */
const patience = { testTimeout: 30_000, hookTimeout: 30_000 };

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
        },
      },
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
