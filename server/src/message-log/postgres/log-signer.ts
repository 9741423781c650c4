import { Client } from 'pg';
import { connectionOptions } from '../../database/postgres/connection-options.ts';
import { ROWS_OF_A_GROUP, SignatureBuilder, type SignedGroup } from '../index/signature.ts';
import { storeSigned } from './log-signatures.ts';

/** Of several processes one signs. */
const SIGNS = 7_346_015;
/** Tables want few long rows: signed are as many rows at once. */
const GROUPS_AT_ONCE = 16;
/** Between two looks at what else this thread has to do. */
const ROWS_AT_ONCE = 2_048;
const RETRY_MS = 60_000;

export interface LogSigner {
  /** Rows up to there are in: they are signed when they are enough. What can't be signed is found all the same, by reading it. */
  reached(lastId: number): void;
  /** Resolves when none is being signed. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Signs rows behind those that come in, so that searches for text need not read all of them. */
export function createLogSigner(url: string, groupsAtOnce = GROUPS_AT_ONCE): LogSigner {
  const rowsAtLeast = groupsAtOnce * ROWS_OF_A_GROUP;
  /** null: not known. */
  let signed: number | null = null;
  let signing: Promise<void> | null = null;
  let notBefore = 0;
  let isClosed = false;

  async function signUpTo(end: number): Promise<void> {
    const client = new Client(connectionOptions(url));
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query('select pg_try_advisory_lock($1) as mine', [SIGNS]);
      if (!rows[0].mine) throw new Error('Another process signs');
      signed = await lastSigned(client);
      while (!isClosed && end - signed >= rowsAtLeast) signed = await signSome(client, signed, end);
    } finally {
      await client.end();
    }
  }

  /** @returns the last that is signed now */
  async function signSome(client: Client, after: number, end: number): Promise<number> {
    const builder = new SignatureBuilder();
    const groups: SignedGroup[] = [];
    for (let from = after + 1; groups.length < groupsAtOnce && from <= end && !isClosed; from += ROWS_AT_ONCE) {
      const { rows } = await client.query(
        'select id, frame from message_log.message where id between $1 and $2 order by id',
        [from, Math.min(end, from + ROWS_AT_ONCE - 1)],
      );
      for (const { id, frame } of rows as { id: number; frame: string }[]) {
        const bytes = Buffer.from(frame);
        const group = groups.length < groupsAtOnce ? builder.add(id, { bytes, begin: 0, end: bytes.length }) : null;
        if (group !== null) groups.push(group);
      }
    }
    if (isClosed) return after;
    const rest = groups.length < groupsAtOnce ? builder.take() : null;
    if (rest !== null) groups.push(rest);
    await storeSigned(client, groups);
    return groups.at(-1)?.last ?? end;
  }

  return {
    reached(lastId) {
      if (isClosed || signing !== null || performance.now() < notBefore) return;
      if (signed !== null && lastId - signed < rowsAtLeast) return;
      signing = signUpTo(lastId)
        .catch(() => {
          // Why PostgreSQL can't be used is said by who moves the rows.
          signed = null;
          notBefore = performance.now() + RETRY_MS;
        })
        .finally(() => {
          signing = null;
        });
    },
    idle: async () => (await signing) ?? undefined,
    async close() {
      isClosed = true;
      await signing;
    },
  };
}

/** Rows that were there before the first signature are signed, too. */
async function lastSigned(client: Client): Promise<number> {
  const { rows } = await client.query(
    `select coalesce((select max(last) from message_log.signed_group), (select min(id) - 1 from message_log.message), 0)
      as last`,
  );
  return rows[0].last;
}
