/** Writes things two by two and says so after each acknowledgement, until somebody kills it. */
import { writeSync } from 'node:fs';
import { openDatabase } from '../open-database.ts';

const [dataDir = ''] = process.argv.slice(2);
const { query, write } = await openDatabase({ dataDir, databaseUrl: null });

const insert = (name: string) =>
  query
    .insertInto('things')
    .values({
      thing_name: name,
      attributes: '{}',
      tags: '[]',
      auth_type: 'none',
      password_salt: null,
      password_digest: null,
      sandbox: 0,
      created_at: 0,
    })
    .compile();

async function keepWriting(writer: number): Promise<never> {
  for (let turn = 0; ; turn += 1) {
    const name = `${writer}-${turn}`;
    await write(insert(`${name}-a`), insert(`${name}-b`));
    // Straight to the pipe: what is still in a buffer of ours would be lost with us.
    writeSync(1, `${name}\n`);
  }
}

await Promise.all(Array.from({ length: 20 }, (_, writer) => keepWriting(writer)));
