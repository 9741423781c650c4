import type { AuthType } from '@cpo-console/shared/api/things.ts';
import type { Kysely } from 'kysely';
import type { Schema } from '../../database/schema.ts';
import type { ThingRow } from '../../database/tables/registry.tables.ts';
import type { PasswordRecord } from '../machine-password.ts';
import type { RegisteredThing } from '../registry.ts';

export interface StoredThing {
  thing: RegisteredThing;
  password: PasswordRecord | null;
}

export function toRow({ thing, password }: StoredThing): ThingRow {
  return {
    thing_name: thing.thingName,
    attributes: JSON.stringify(thing.attributes),
    tags: JSON.stringify(thing.tags),
    auth_type: thing.authType,
    sandbox: thing.sandbox ? 1 : 0,
    password_salt: password?.salt.toString('base64url') ?? null,
    password_digest: password?.digest.toString('base64url') ?? null,
    created_at: thing.createdAt,
  };
}

export async function loadThings(query: Kysely<Schema>): Promise<Map<string, StoredThing>> {
  const rows = await query.selectFrom('things').selectAll().execute();
  return new Map(rows.map((row) => [row.thing_name, fromRow(row)]));
}

function fromRow(row: ThingRow): StoredThing {
  return {
    thing: Object.freeze({
      thingName: row.thing_name,
      attributes: Object.freeze(JSON.parse(row.attributes) as Record<string, string>),
      tags: Object.freeze(JSON.parse(row.tags) as string[]) as string[],
      authType: row.auth_type as AuthType,
      sandbox: row.sandbox === 1,
      createdAt: row.created_at,
    }),
    password:
      row.password_salt === null || row.password_digest === null
        ? null
        : { salt: Buffer.from(row.password_salt, 'base64url'), digest: Buffer.from(row.password_digest, 'base64url') },
  };
}
