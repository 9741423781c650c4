import type { Migration } from '../migration.ts';

/** So that a charge point that was told of a new password gets in with it, whatever becomes of its answer. */
export const offeredPasswords: Migration = {
  name: '0150-offered-passwords',
  statements: ({ schema }) => [schema.alterTable('things').addColumn('offered_passwords', 'text')],
};
