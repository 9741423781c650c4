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
  withStatus(status: CommandRecord['status']): Promise<CommandRecord[]>;
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
    async withStatus(status) {
      const rows = await query
        .selectFrom('commands')
        .selectAll()
        .where('status', '=', status)
        .orderBy('created_at')
        .execute();
      return rows.map(toRecord);
    },
  };
}
