import type { AuthType, SecurityProfile } from '@cpo-console/shared/api/things.ts';
import type { Kysely } from 'kysely';
import type { Schema } from '../../database/schema.ts';
import type { ThingRow } from '../../database/tables/registry.tables.ts';
import type { PasswordRecord } from '../machine-password.ts';
import type { RegisteredThing } from '../registry.ts';

/** A password that the charge point was told of, and may use or not. */
export interface OfferedPassword extends PasswordRecord {
  at: number;
}

export interface StoredThing {
  thing: RegisteredThing;
  password: PasswordRecord | null;
  /** Oldest first. */
  offered: readonly OfferedPassword[];
}

export function toRow({ thing, password, offered }: StoredThing): ThingRow {
  return {
    thing_name: thing.thingName,
    attributes: JSON.stringify(thing.attributes),
    tags: JSON.stringify(thing.tags),
    auth_type: thing.authType,
    sandbox: thing.sandbox ? 1 : 0,
    password_salt: password?.salt.toString('base64url') ?? null,
    password_digest: password?.digest.toString('base64url') ?? null,
    offered_passwords: offered.length === 0 ? null : JSON.stringify(offered.map(toStoredOffer)),
    security_profile: thing.securityProfile,
    created_at: thing.createdAt,
  };
}

export async function loadThings(query: Kysely<Schema>): Promise<Map<string, StoredThing>> {
  const rows = await query.selectFrom('things').selectAll().execute();
  return new Map(rows.map((row) => [row.thing_name, fromRow(row)]));
}

interface StoredOffer {
  salt: string;
  digest: string;
  at: number;
}

const toStoredOffer = ({ salt, digest, at }: OfferedPassword): StoredOffer => ({
  salt: salt.toString('base64url'),
  digest: digest.toString('base64url'),
  at,
});

function fromRow(row: ThingRow): StoredThing {
  const offers: StoredOffer[] = row.offered_passwords === null ? [] : JSON.parse(row.offered_passwords);
  const offered = offers.map(({ salt, digest, at }) => ({ ...toRecord(salt, digest), at }));
  return {
    offered,
    thing: Object.freeze({
      thingName: row.thing_name,
      attributes: Object.freeze(JSON.parse(row.attributes) as Record<string, string>),
      tags: Object.freeze(JSON.parse(row.tags) as string[]) as string[],
      authType: row.auth_type as AuthType,
      sandbox: row.sandbox === 1,
      createdAt: row.created_at,
      passwordOfferedAt: offered[0]?.at ?? null,
      securityProfile: row.security_profile as SecurityProfile | null,
    }),
    password:
      row.password_salt === null || row.password_digest === null
        ? null
        : toRecord(row.password_salt, row.password_digest),
  };
}

const toRecord = (salt: string, digest: string): PasswordRecord => ({
  salt: Buffer.from(salt, 'base64url'),
  digest: Buffer.from(digest, 'base64url'),
});
