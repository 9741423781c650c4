import { SettingError } from '../config/parsers.ts';
import type { Database } from '../database/database.ts';
import { digestSecret } from './secrets.ts';

export interface CheckKeyOptions {
  database: Pick<Database, 'query' | 'write'>;
  name: string;
  key: Buffer;
  /** Where it comes from. */
  keyIs: string;
}

/** Throws a SettingError unless it is the key with which the database was first used: with another no password is right any more. */
export async function checkKey({ database, name, key, keyIs }: CheckKeyOptions): Promise<void> {
  const { query } = database;
  const fingerprint = digestSecret(key, 'fingerprint', name);
  // Whoever comes first says which key it is.
  await database.write(
    query
      .insertInto('keys')
      .values({ name, fingerprint })
      .onConflict((conflict) => conflict.doNothing())
      .compile(),
  );
  const known = await query.selectFrom('keys').select('fingerprint').where('name', '=', name).executeTakeFirst();
  if (known?.fingerprint === fingerprint) return;
  throw new SettingError(
    `${keyIs} is not the key that the passwords in this database were made with; ` +
      'put that one there (from a backup, or from another process on this database)',
  );
}
