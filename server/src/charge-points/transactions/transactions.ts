import type { Page } from '@cpo-console/shared/api/page.ts';
import type { MeterValue } from '@cpo-console/shared/api/transactions.ts';
import type { Database } from '../../database/database.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import { tokenKey } from '../id-tokens/token-key.ts';
import { createListeners } from '../listeners.ts';
import { listTransactions, type TransactionQuery } from './list-transactions.ts';
import { readMeterValues } from './meter-values.ts';
import { createSessionReadings } from './session-readings.ts';
import {
  isProgress,
  type StoredTransaction,
  type TransactionRecord,
  toRecord,
  toTransaction,
} from './transaction-record.ts';
import { prepareStatements } from './transaction-statements.ts';

export interface TransactionsOptions {
  database: Pick<Database, 'query' | 'write'>;
  /** What charge points said, where the readings of a running session are. */
  log: Pick<MessageLog, 'query' | 'whenDurable'>;
  now: () => number;
  newId: () => string;
}

export interface Transactions {
  newId(): string;
  /** An active one, from memory. */
  active(thingName: string, transactionId: string): TransactionRecord | undefined;
  /** The active one at an EVSE's connector, the newest if there are several. OCPP 1.6 has no EVSEs. */
  activeAt(thingName: string, evseId: number | null, connectorId: number | null): TransactionRecord | undefined;
  find(thingName: string, transactionId: string): Promise<TransactionRecord | undefined>;
  /** 1.6: the one that a StartTransaction with the same facts began. */
  findStarted(thingName: string, startKey: string): Promise<TransactionRecord | undefined>;
  /** In how many other sessions a token is just now. */
  usesOf(idToken: string, except: { thingName: string; transactionId: string }): number;
  /** The active ones of a token. */
  activeOf(idToken: string): TransactionRecord[];
  /** Stores a new or changed record. Durable when resolved. */
  save(record: TransactionRecord): Promise<void>;
  list(query: TransactionQuery): Promise<Page<StoredTransaction>>;
  get(id: string): Promise<StoredTransaction | null>;
  meterValues(id: string): Promise<MeterValue[]>;
  /** Ends a stuck one by hand; null when unknown. One that has ended stays as it is. */
  close(id: string, by: string): Promise<StoredTransaction | null>;
  /** Each stored record. Gives back what takes the listener off again. */
  onChange(listener: (record: TransactionRecord) => void): () => void;
  /** Resolves when nothing is being stored any more. */
  idle(): Promise<void>;
}

/** Charging sessions. Active ones are in memory too, so that authorising and metering need no reading. */
export async function createTransactions(options: TransactionsOptions): Promise<Transactions> {
  const { database, log, now, newId } = options;
  const { query } = database;
  const statements = prepareStatements(query);
  const readings = createSessionReadings({ database, log });
  const listeners = createListeners<TransactionRecord>();
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
  await readings.keepForgotten();

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

  async function save(changed: TransactionRecord): Promise<void> {
    const at = now();
    const record = { ...changed, firstReceivedAt: changed.firstReceivedAt ?? at, lastReceivedAt: at };
    const { thingName, transactionId } = record;
    const before = activeOnes.get(thingName)?.get(transactionId);
    const onlyProgress = before !== undefined && isProgress(before, record);
    // Before it is written, so that the same token can't be accepted twice meanwhile.
    if (onlyProgress) activeOnes.get(thingName)?.set(transactionId, record);
    else remember(record);
    try {
      await database.write(onlyProgress ? statements.progress(record) : statements.upsert(record));
    } catch (error) {
      if (before !== undefined) remember(before);
      else forget(thingName, transactionId);
      throw error;
    }
    if (!record.active) readings.keepSoon(record);
    listeners.tell(record);
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
    activeAt(thingName, evseId, connectorId) {
      let newest: TransactionRecord | undefined;
      for (const record of activeOnes.get(thingName)?.values() ?? []) {
        if (record.evseId !== evseId || record.connectorId !== connectorId) continue;
        if (newest === undefined || record.startedAt >= newest.startedAt) newest = record;
      }
      return newest;
    },
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
    list: (wanted) => listTransactions(query, wanted),
    async get(id) {
      const record = await findById(id);
      return record === undefined ? null : toTransaction(record);
    },
    async meterValues(id) {
      const record = await findById(id);
      const parts = record === undefined ? [] : await readings.of(record);
      const values = parts.flatMap(({ meterValue, receivedAt }) => readMeterValues(meterValue, receivedAt));
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
      await save(closed);
      return toTransaction(closed);
    },
    onChange: listeners.add,
    idle: readings.idle,
  };
}

const sessionOf = ({ thingName, transactionId }: { thingName: string; transactionId: string }): string =>
  `${thingName} ${transactionId}`;
