import type { TransactionDetail } from '@cpo-console/shared/api/transactions.ts';
import type { Database } from '../../database/database.ts';

type AskedStatus = NonNullable<TransactionDetail['askedStatus']>;

/** What charge points said when asked about a session. @see OCPP 2.0.1 part 2, E14 */
export interface TransactionChecks {
  /** Durable when resolved. */
  took(session: SessionName, said: Omit<AskedStatus, 'at'>): Promise<void>;
  of(session: SessionName): Promise<AskedStatus | null>;
}

interface SessionName {
  thingName: string;
  transactionId: string;
}

export interface TransactionChecksOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
}

export function createTransactionChecks({ database, now }: TransactionChecksOptions): TransactionChecks {
  const { query } = database;
  return {
    took({ thingName, transactionId }, { ongoing, messagesInQueue }) {
      const said = { ongoing: toInteger(ongoing), messages_in_queue: messagesInQueue ? 1 : 0, at: now() };
      const statement = query
        .insertInto('transaction_status')
        .values({ thing_name: thingName, transaction_id: transactionId, ...said })
        .onConflict((conflict) => conflict.columns(['thing_name', 'transaction_id']).doUpdateSet(said));
      return database.write(statement.compile());
    },
    async of({ thingName, transactionId }) {
      const row = await query
        .selectFrom('transaction_status')
        .selectAll()
        .where('thing_name', '=', thingName)
        .where('transaction_id', '=', transactionId)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        ongoing: row.ongoing === null ? null : row.ongoing === 1,
        messagesInQueue: row.messages_in_queue === 1,
        at: new Date(row.at).toISOString(),
      };
    },
  };
}

const toInteger = (yes: boolean | null): number | null => (yes === null ? null : yes ? 1 : 0);
