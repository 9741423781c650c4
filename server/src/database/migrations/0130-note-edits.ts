import type { Migration } from '../migration.ts';

export const noteEdits: Migration = {
  name: '0130-note-edits',
  statements: ({ schema }) => [schema.alterTable('annotations').addColumn('edited_at', 'bigint')],
};
