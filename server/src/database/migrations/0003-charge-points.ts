import type { Migration } from '../migration.ts';

export const chargePoints: Migration = {
  name: '0003-charge-points',
  statements: () => [],
};
