import type { Database } from '../../database/database.ts';
import type { TransferLinkRow } from '../../database/tables/transfers.tables.ts';
import { digestLinkToken, linkTokensIn, makeLinkToken } from './link-token.ts';

export interface TransferLink {
  digest: string;
  thingName: string;
  /** The job that it was sent for. */
  jobId: string | null;
  /** null: to put a file. */
  firmwareFileId: string | null;
  /** Bytes that may still be fetched; files that may still be put. */
  allowance: number;
}

export interface NewLink {
  thingName: string;
  firmwareFileId: string | null;
  allowance: number;
  expiresAt: number;
}

/** Links for charge points, which open without signing in: each for one charge point, one file, and a while. */
export interface TransferLinks {
  /** Resolves with its token. */
  create(link: NewLink): Promise<string>;
  /** `spent`: it was one, but has expired or been used. */
  find(token: string): Promise<TransferLink | 'spent' | 'unknown'>;
  /** The one that a text holds, if it was made for this charge point. */
  findIn(text: string, thingName: string): Promise<TransferLink | null>;
  bind(digest: string, jobId: string): Promise<void>;
  spend(link: TransferLink, amount: number): Promise<void>;
}

export interface TransferLinksOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
}

/** How long a link that has expired still says so. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

export function createTransferLinks({ database, now }: TransferLinksOptions): TransferLinks {
  const { query } = database;

  const rowOf = (token: string): Promise<TransferLinkRow | undefined> =>
    query.selectFrom('transfer_links').selectAll().where('digest', '=', digestLinkToken(token)).executeTakeFirst();

  return {
    async create({ thingName, firmwareFileId, allowance, expiresAt }) {
      const token = makeLinkToken();
      const row: TransferLinkRow = {
        digest: digestLinkToken(token),
        thing_name: thingName,
        job_id: null,
        firmware_file_id: firmwareFileId,
        allowance,
        expires_at: expiresAt,
      };
      await database.write(
        query
          .deleteFrom('transfer_links')
          .where('expires_at', '<', now() - REMEMBERED_MS)
          .compile(),
        query.insertInto('transfer_links').values(row).compile(),
      );
      return token;
    },
    async find(token) {
      const row = await rowOf(token);
      if (row === undefined) return 'unknown';
      return row.allowance <= 0 || row.expires_at <= now() ? 'spent' : toLink(row);
    },
    async findIn(text, thingName) {
      for (const token of linkTokensIn(text)) {
        const row = await rowOf(token);
        if (row?.thing_name === thingName) return toLink(row);
      }
      return null;
    },
    bind: (digest, jobId) =>
      database.write(query.updateTable('transfer_links').set({ job_id: jobId }).where('digest', '=', digest).compile()),
    spend: ({ digest }, amount) =>
      database.write(
        query
          .updateTable('transfer_links')
          .set((eb) => ({ allowance: eb('allowance', '-', amount) }))
          .where('digest', '=', digest)
          .compile(),
      ),
  };
}

const toLink = (row: TransferLinkRow): TransferLink => ({
  digest: row.digest,
  thingName: row.thing_name,
  jobId: row.job_id,
  firmwareFileId: row.firmware_file_id,
  allowance: row.allowance,
});
