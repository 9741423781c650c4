import type { Migration } from '../migration.ts';

export const liveState: Migration = {
  name: '0004-live-state',
  statements: () => [],
};
