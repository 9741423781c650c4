import type { Page } from '@cpo-console/shared/api/page.ts';
import type { MeterValue } from '@cpo-console/shared/api/transactions.ts';
import type { Database } from '../../database/database.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import { tokenKey } from '../id-tokens/token-key.ts';
import { createListeners } from '../listeners.ts';
import { listTransactions, type TransactionQuery } from './list-transactions.ts';
import { readMeterValues } from './meter-values.ts';
import { createProgressWriter } from './progress-writer.ts';
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
  /** Other processes have charge points, too: of theirs only who charges just now is known here. */
  shared?: boolean;
}

export interface Transactions {
  newId(): string;
  /** Where several processes share the work: it is connected here now. @returns since when the log may say more; null: it can't */
  arrive(thingName: string): Promise<number | null>;
  /** It is connected to another process. Resolves when that one can read all that was known here. */
  leave(thingName: string): Promise<void>;
  /** What another process says of a session. */
  heard(record: TransactionRecord): void;
  /** Something that others said may have been missed. */
  readAnew(): Promise<void>;
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
  /**
   * Stores a new or changed record: durable when resolved, but for what the log has of it on disk. Only its progress
   * is written a little later.
   * @param at when the charge point told it, by our clock
   */
  save(record: TransactionRecord, at?: number): Promise<void>;
  /** What sessions were told since may not have been written when the process before this one ended. Milliseconds. */
  readonly writtenUntil: number;
  list(query: TransactionQuery): Promise<Page<StoredTransaction>>;
  get(id: string): Promise<StoredTransaction | null>;
  meterValues(id: string): Promise<MeterValue[]>;
  /** Ends a stuck one by hand; null when unknown. One that has ended stays as it is. */
  close(id: string, by: string): Promise<StoredTransaction | null>;
  /** Each stored record. Gives back what takes the listener off again. */
  onChange(listener: (record: TransactionRecord) => void): () => void;
  /** Only what changed in this process. */
  onSave(listener: (record: TransactionRecord) => void): () => void;
  /** Stores what is still to be stored. */
  end(): Promise<void>;
}

/** Charging sessions. Active ones are in memory too, so that authorising and metering need no reading. */
export async function createTransactions(options: TransactionsOptions): Promise<Transactions> {
  const { database, log, now, newId, shared = false } = options;
  const { query } = database;
  const statements = prepareStatements(query);
  const readings = createSessionReadings({ database, log });
  const listeners = createListeners<TransactionRecord>();
  const savedListeners = createListeners<TransactionRecord>();
  const activeOnes = new Map<string, Map<string, TransactionRecord>>();
  /** Token → how many active transactions it has, by `thing transaction`. */
  const tokensInUse = new Map<string, Set<string>>();
  /** Whose sessions are newest in memory, if not everybody's. */
  const here = new Set<string>();
  const isHere = (thingName: string): boolean => !shared || here.has(thingName);
  const stored = query.selectFrom('transactions').selectAll().where('active', '=', 1).orderBy('started_at');
  for (const row of await stored.execute()) remember(toRecord(row));
  const progress = await createProgressWriter({
    database,
    statements,
    isNewest: (record) => newestOf(record) === record && record.active,
    hasSessions: () => activeOnes.size > 0,
    now,
  });
  await readings.keepForgotten();

  /** An active one is newer in memory than in the database, where its charge point is. */
  function newestOf(record: TransactionRecord): TransactionRecord {
    const { thingName, transactionId } = record;
    return (isHere(thingName) ? activeOnes.get(thingName)?.get(transactionId) : undefined) ?? record;
  }

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

  async function save(changed: TransactionRecord, at: number = now()): Promise<void> {
    const { firstReceivedAt, lastReceivedAt } = changed;
    const record = {
      ...changed,
      firstReceivedAt: firstReceivedAt ?? at,
      lastReceivedAt: Math.max(lastReceivedAt ?? at, at),
    };
    const before = activeOnes.get(record.thingName)?.get(record.transactionId);
    if (before !== undefined && isProgress(before, record)) {
      activeOnes.get(record.thingName)?.set(record.transactionId, record);
      progress.add(record);
    } else {
      await saveWhole(record, before);
    }
    if (!record.active) readings.keepSoon(record);
    savedListeners.tell(record);
    listeners.tell(record);
  }

  async function saveWhole(record: TransactionRecord, before: TransactionRecord | undefined): Promise<void> {
    // Before it is written, so that the same token can't be accepted twice meanwhile.
    remember(record);
    progress.remove(record.id);
    try {
      await database.write(statements.upsert(record));
    } catch (error) {
      if (before === undefined) {
        forget(record.thingName, record.transactionId);
      } else {
        remember(before);
        progress.add(before);
      }
      throw error;
    }
  }

  async function find(thingName: string, transactionId: string): Promise<TransactionRecord | undefined> {
    const known = activeOnes.get(thingName)?.get(transactionId);
    if (known !== undefined && isHere(thingName)) return known;
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
    return row && newestOf(toRecord(row));
  }

  function forgetAll(thingName: string): void {
    for (const transactionId of [...(activeOnes.get(thingName)?.keys() ?? [])]) forget(thingName, transactionId);
  }

  async function arrive(thingName: string): Promise<number | null> {
    if (isHere(thingName)) return null;
    const records = (await stored.where('thing_name', '=', thingName).execute()).map(toRecord);
    forgetAll(thingName);
    for (const record of records) remember(record);
    here.add(thingName);
    const taken = records.map(({ lastReceivedAt, startedAt }) => lastReceivedAt ?? startedAt);
    return taken.length === 0 ? null : Math.min(...taken);
  }

  async function leave(thingName: string): Promise<void> {
    if (here.delete(thingName) && activeOnes.has(thingName)) await progress.flush();
  }

  async function readAnew(): Promise<void> {
    const records = (await stored.execute()).map(toRecord);
    for (const thingName of [...activeOnes.keys()]) if (!isHere(thingName)) forgetAll(thingName);
    for (const record of records) if (!isHere(record.thingName)) remember(record);
  }

  return {
    newId,
    arrive,
    leave,
    heard(record) {
      if (isHere(record.thingName)) return;
      remember(record);
      listeners.tell(record);
    },
    readAnew,
    save,
    writtenUntil: progress.writtenUntil,
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
    list: (wanted) => listTransactions(query, wanted, newestOf),
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
      const record = await findById(id);
      if (record === undefined) return null;
      if (!record.active) return toTransaction(record);
      const { meterStartWh, energyWh } = record;
      const meterStopWh = meterStartWh === null || energyWh === null ? null : meterStartWh + energyWh;
      const closed = { ...record, active: false, stoppedAt: now(), closedBy: by, meterStopWh, powerW: null };
      await save(closed);
      return toTransaction(closed);
    },
    onChange: listeners.add,
    onSave: savedListeners.add,
    async end() {
      await progress.close();
      await readings.idle();
    },
  };
}

const sessionOf = ({ thingName, transactionId }: { thingName: string; transactionId: string }): string =>
  `${thingName} ${transactionId}`;
