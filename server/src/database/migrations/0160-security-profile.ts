import type { Migration } from '../migration.ts';

/** The highest that it has come with: no lower one opens. */
export const securityProfile: Migration = {
  name: '0160-security-profile',
  statements: ({ schema }) => [schema.alterTable('things').addColumn('security_profile', 'integer')],
};
