import type { Page } from '@cpo-console/shared/api/page.ts';
import { newestFirst } from '../../charge-points/page-cursor.ts';
import type { Database } from '../../database/database.ts';
import { type CommandRecord, toRecord, toRow } from './command-record.ts';
import type { CommandQuery } from './command-service.ts';

export interface CommandStore {
  /** Adds or replaces. Durable when resolved. */
  save(record: CommandRecord): Promise<void>;
  get(id: string): Promise<CommandRecord | null>;
  /** Newest first. */
  list(query: CommandQuery): Promise<Page<CommandRecord>>;
  withStatus(status: CommandRecord['status'], thingName?: string): Promise<CommandRecord[]>;
  /** A queued one becomes this process's to send. @returns false when it is queued no longer */
  claim(id: string, instance: string): Promise<boolean>;
}

export function createCommandStore({ query, write }: Pick<Database, 'query' | 'write'>): CommandStore {
  return {
    save(record) {
      const row = toRow(record);
      const { id: _id, ...changes } = row;
      return write(
        query
          .insertInto('commands')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
          .compile(),
      );
    },
    async get(id) {
      const row = await query.selectFrom('commands').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRecord(row);
    },
    async list({ thingName, messageId, limit, cursor }) {
      let select = query.selectFrom('commands').selectAll();
      if (thingName !== undefined) select = select.where('thing_name', '=', thingName);
      if (messageId !== undefined) select = select.where('message_id', '=', messageId);
      const { shown, nextCursor } = await newestFirst(select, 'created_at', { limit, cursor });
      return { items: shown.map(toRecord), nextCursor };
    },
    async withStatus(status, thingName) {
      const all = query.selectFrom('commands').selectAll().where('status', '=', status).orderBy('created_at');
      const rows = await (thingName === undefined ? all : all.where('thing_name', '=', thingName)).execute();
      return rows.map(toRecord);
    },
    async claim(id, instance) {
      const { numUpdatedRows } = await query
        .updateTable('commands')
        .set({ status: 'sent', instance })
        .where('id', '=', id)
        .where('status', '=', 'queued')
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
  };
}
