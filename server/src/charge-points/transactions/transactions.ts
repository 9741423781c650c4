import type { MeterValue, Page, Transaction } from '@cpo-console/shared/api/contracts.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.ts';
import { prepare } from '../../database/prepare.ts';
import type { MeterValuesRow } from '../../database/tables/charge-points.tables.ts';
import { tokenKey } from '../id-tokens/token-key.ts';
import { listTransactions, type TransactionQuery } from './list-transactions.ts';
import { readMeterValues } from './meter-values.ts';
import { newRecord, type TransactionRecord, toChanges, toRecord, toRow, toTransaction } from './transaction-record.ts';

export interface TransactionsOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}

/** Readings as they came with a message. `content` is its `meterValue` array. */
export interface Readings {
  thingName: string;
  evseId: number | null;
  connectorId: number | null;
  content: unknown;
}

export interface Transactions {
  newId(): string;
  /** An active one, from memory. */
  active(thingName: string, transactionId: string): TransactionRecord | undefined;
  /** The active one on a connector, the newest if there are several. */
  activeAt(thingName: string, connectorId: number): TransactionRecord | undefined;
  find(thingName: string, transactionId: string): Promise<TransactionRecord | undefined>;
  /** 1.6: the one that a StartTransaction with the same facts began. */
  findStarted(thingName: string, startKey: string): Promise<TransactionRecord | undefined>;
  /** In how many other sessions a token is just now. */
  usesOf(idToken: string, except: { thingName: string; transactionId: string }): number;
  /** The active ones of a token. */
  activeOf(idToken: string): TransactionRecord[];
  /** Stores a new or changed record together with the readings that came with it. Durable when resolved. */
  save(record: TransactionRecord, readings: Readings | null): Promise<void>;
  /** Stores readings that change no transaction. */
  addReadings(readings: Readings): Promise<void>;
  list(query: TransactionQuery): Promise<Page<Transaction>>;
  get(id: string): Promise<Transaction | null>;
  meterValues(id: string): Promise<MeterValue[]>;
  /** Ends a stuck one by hand; null when unknown. One that has ended stays as it is. */
  close(id: string, by: string): Promise<Transaction | null>;
}

/** Charging sessions. Active ones are in memory too, so that authorising and metering need no reading. */
export async function createTransactions({ database, now, newId }: TransactionsOptions): Promise<Transactions> {
  const { query } = database;
  const statements = prepareStatements(query);
  const activeOnes = new Map<string, Map<string, TransactionRecord>>();
  /** Token → how many active transactions it has, by `thing transaction`. */
  const tokensInUse = new Map<string, Set<string>>();
  const stored = await query
    .selectFrom('transactions')
    .selectAll()
    .where('active', '=', 1)
    .orderBy('started_at')
    .execute();
  for (const row of stored) remember(toRecord(row));

  function remember(record: TransactionRecord): void {
    forget(record.thingName, record.transactionId);
    if (!record.active) return;
    const ofThing = activeOnes.get(record.thingName) ?? new Map<string, TransactionRecord>();
    activeOnes.set(record.thingName, ofThing);
    ofThing.set(record.transactionId, record);
    if (record.idToken === null) return;
    const key = tokenKey(record.idToken);
    const uses = tokensInUse.get(key) ?? new Set<string>();
    tokensInUse.set(key, uses);
    uses.add(sessionOf(record));
  }

  function forget(thingName: string, transactionId: string): void {
    const ofThing = activeOnes.get(thingName);
    const record = ofThing?.get(transactionId);
    if (ofThing === undefined || record === undefined) return;
    ofThing.delete(transactionId);
    if (ofThing.size === 0) activeOnes.delete(thingName);
    if (record.idToken === null) return;
    const uses = tokensInUse.get(tokenKey(record.idToken));
    uses?.delete(sessionOf(record));
    if (uses?.size === 0) tokensInUse.delete(tokenKey(record.idToken));
  }

  async function save(record: TransactionRecord, readings: Readings | null): Promise<void> {
    const { thingName, transactionId } = record;
    const before = activeOnes.get(thingName)?.get(transactionId);
    const writes = [statements.upsert(record)];
    if (readings !== null) writes.push(statements.addReadings(record.id, readings, now()));
    // Before it is written, so that the same token can't be accepted twice meanwhile.
    if (before === undefined || before.idToken !== record.idToken || before.active !== record.active) remember(record);
    else activeOnes.get(thingName)?.set(transactionId, record);
    try {
      await database.write(...writes);
    } catch (error) {
      if (before !== undefined) remember(before);
      else forget(thingName, transactionId);
      throw error;
    }
  }

  async function find(thingName: string, transactionId: string): Promise<TransactionRecord | undefined> {
    const known = activeOnes.get(thingName)?.get(transactionId);
    if (known !== undefined) return known;
    const row = await query
      .selectFrom('transactions')
      .selectAll()
      .where('thing_name', '=', thingName)
      .where('transaction_id', '=', transactionId)
      .executeTakeFirst();
    return row && toRecord(row);
  }

  async function findById(id: string): Promise<TransactionRecord | undefined> {
    const row = await query.selectFrom('transactions').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toRecord(row);
  }

  return {
    newId,
    save,
    find,
    active: (thingName, transactionId) => activeOnes.get(thingName)?.get(transactionId),
    activeAt: (thingName, connectorId) =>
      [...(activeOnes.get(thingName)?.values() ?? [])].findLast((record) => record.connectorId === connectorId),
    async findStarted(thingName, startKey) {
      for (const record of activeOnes.get(thingName)?.values() ?? []) if (record.startKey === startKey) return record;
      const row = await query
        .selectFrom('transactions')
        .selectAll()
        .where('thing_name', '=', thingName)
        .where('start_key', '=', startKey)
        .executeTakeFirst();
      return row && toRecord(row);
    },
    usesOf(idToken, except) {
      const uses = tokensInUse.get(tokenKey(idToken));
      return uses === undefined ? 0 : uses.size - (uses.has(sessionOf(except)) ? 1 : 0);
    },
    activeOf(idToken) {
      if (!tokensInUse.has(tokenKey(idToken))) return [];
      return [...activeOnes.values()]
        .flatMap((ofThing) => [...ofThing.values()])
        .filter((record) => record.idToken !== null && tokenKey(record.idToken) === tokenKey(idToken));
    },
    addReadings: (readings) => database.write(statements.addReadings(null, readings, now())),
    list: (wanted) => listTransactions(query, wanted),
    async get(id) {
      const record = await findById(id);
      return record === undefined ? null : toTransaction(record);
    },
    async meterValues(id) {
      const rows = await query
        .selectFrom('meter_values')
        .select(['received_at', 'content'])
        .where('transaction_ref', '=', id)
        .orderBy('received_at')
        .execute();
      const values = rows.flatMap((row) => readMeterValues(JSON.parse(row.content), row.received_at));
      return values.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    },
    async close(id, by) {
      const stored = await findById(id);
      if (stored === undefined) return null;
      const record = activeOnes.get(stored.thingName)?.get(stored.transactionId) ?? stored;
      if (!record.active) return toTransaction(record);
      const { meterStartWh, energyWh } = record;
      const meterStopWh = meterStartWh === null || energyWh === null ? null : meterStartWh + energyWh;
      const closed = { ...record, active: false, stoppedAt: now(), closedBy: by, meterStopWh, powerW: null };
      await save(closed, null);
      return toTransaction(closed);
    },
  };
}

const sessionOf = ({ thingName, transactionId }: { thingName: string; transactionId: string }): string =>
  `${thingName} ${transactionId}`;

function prepareStatements(query: Database['query']) {
  const sample = newRecord({ id: '', thingName: '', transactionId: '', protocol: 'ocpp1.6', startedAt: 0 });
  const upsert = prepare(
    query
      .insertInto('transactions')
      .values(toRow(sample))
      .onConflict((conflict) => conflict.column('id').doUpdateSet(toChanges(sample))),
  );
  const empty: MeterValuesRow = {
    transaction_ref: '',
    thing_name: '',
    evse_id: 0,
    connector_id: 0,
    received_at: 0,
    content: '',
  };
  const addReadings = prepare(query.insertInto('meter_values').values(empty));
  return {
    upsert(record: TransactionRecord): CompiledQuery {
      const changes = Object.values(toChanges(record));
      return upsert([record.id, record.thingName, record.transactionId, record.protocol, ...changes, ...changes]);
    },
    addReadings: (
      ref: string | null,
      { thingName, evseId, connectorId, content }: Readings,
      at: number,
    ): CompiledQuery => addReadings([ref, thingName, evseId, connectorId, at, JSON.stringify(content)]),
  };
}
