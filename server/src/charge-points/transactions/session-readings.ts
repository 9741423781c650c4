import type { Database } from '../../database/database.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import { type Readings, readingsInLog } from './session-frames.ts';
import { type TransactionRecord, toRecord } from './transaction-record.ts';

export interface SessionReadings {
  /** All readings of a session so far, in the order in which they came. */
  of(record: TransactionRecord): Promise<Readings[]>;
  /** The session has ended: copies its readings out of the log, which keeps its frames for a limited time only. */
  keepSoon(record: TransactionRecord): void;
  /** Does that for sessions that ended just before the process did. */
  keepForgotten(): Promise<void>;
  /** Resolves when nothing is being copied. */
  idle(): Promise<void>;
}

/** So far back there may be a session whose readings were not copied when the process ended. */
const ENDED_LAST = 1_000;

/**
 * The log has every reading before its frame is answered, so a running session's are read from there, and storing them once
 * more with each message is saved.
 */
export function createSessionReadings(options: {
  database: Pick<Database, 'query' | 'write'>;
  log: Pick<MessageLog, 'query' | 'whenDurable'>;
}): SessionReadings {
  const { database, log } = options;
  const { query } = database;
  let keeping: Promise<void> = Promise.resolve();

  async function kept({ id }: TransactionRecord): Promise<Readings[]> {
    const rows = await query
      .selectFrom('meter_values')
      .select(['received_at', 'content'])
      .where('transaction_ref', '=', id)
      .orderBy('received_at')
      .execute();
    return rows.map((row) => ({ receivedAt: row.received_at, meterValue: JSON.parse(row.content) as unknown[] }));
  }

  async function keep(record: TransactionRecord): Promise<void> {
    // The log shows what is on disk: the frame that ended the session may be on its way there.
    await onDisk(log);
    const readings = await readingsInLog(log, record);
    const { id, thingName, evseId, connectorId, lastReceivedAt } = record;
    await database.write(
      query.deleteFrom('meter_values').where('transaction_ref', '=', id).compile(),
      query
        .insertInto('meter_values')
        .values({
          transaction_ref: id,
          thing_name: thingName,
          evse_id: evseId,
          connector_id: connectorId,
          received_at: lastReceivedAt ?? record.startedAt,
          content: JSON.stringify(readings.flatMap(({ meterValue }) => meterValue)),
        })
        .compile(),
    );
  }

  function keepSoon(record: TransactionRecord): void {
    // What fails now is tried again at the next start; until then the log has it.
    keeping = keeping.then(() => keep(record)).catch(() => undefined);
  }

  return {
    keepSoon,
    async of(record) {
      const stored = record.active ? [] : await kept(record);
      return stored.length > 0 ? stored : readingsInLog(log, record);
    },
    async keepForgotten() {
      const ended = query.selectFrom('transactions').selectAll().where('active', '=', 0);
      const rows = await query
        .selectFrom(ended.orderBy('started_at', 'desc').limit(ENDED_LAST).as('ended'))
        .selectAll()
        .where('last_received_at', 'is not', null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(selectFrom('meter_values').select('transaction_ref').whereRef('transaction_ref', '=', 'ended.id')),
          ),
        )
        .execute();
      for (const row of rows) keepSoon(toRecord(row));
    },
    idle: () => keeping,
  };
}

const onDisk = (log: Pick<MessageLog, 'whenDurable'>): Promise<void> =>
  new Promise((resolve, reject) => log.whenDurable((error) => (error === null ? resolve() : reject(error))));
