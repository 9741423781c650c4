import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'shared',
          root: 'shared',
          environment: 'node',
          include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
        },
      },
      {
        test: { name: 'server', root: 'server', environment: 'node', include: ['{src,test}/**/*.test.ts'] },
      },
      {
        extends: 'web/vite.config.ts',
        test: { name: 'web', root: 'web', environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
      },
      {
        test: { name: 'scripts', root: 'scripts', environment: 'node', include: ['**/*.test.ts'] },
      },
    ],
  },
});
