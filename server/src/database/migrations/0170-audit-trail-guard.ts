import { type Compilable, type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Migration } from '../migration.ts';

const REFUSAL = 'Entries of the audit trail are neither changed nor removed';

/** Whoever gets the program to run a statement of theirs still can't rewrite what happened. */
export const auditTrailGuard: Migration = {
  name: '0170-audit-trail-guard',
  statements(query) {
    const statements = query.getExecutor().adapter instanceof PostgresAdapter ? onPostgres : onSqlite;
    return statements.map((statement) => compilable(query, statement));
  },
};

const onSqlite = (['update', 'delete'] as const).map(
  (change) => sql`
    create trigger ${sql.id(`audit_trail_no_${change}`)} before ${sql.raw(change)} on audit_trail
    begin select raise(abort, ${sql.lit(REFUSAL)}); end`,
);

const onPostgres = [
  sql`
    create function audit_trail_guard() returns trigger language plpgsql as
    ${sql.lit(`begin raise exception '${REFUSAL}'; end`)}`,
  sql`
    create trigger audit_trail_guard before update or delete or truncate on audit_trail
    for each statement execute function audit_trail_guard()`,
];

const compilable = (query: Kysely<unknown>, statement: RawBuilder<unknown>): Compilable => ({
  compile: () => statement.compile(query),
});
