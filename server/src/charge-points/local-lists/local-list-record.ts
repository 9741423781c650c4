/** A token as a local list has it: what the charge point was told of it, in the words of its version. */
export interface LocalListEntry {
  idToken: string;
  /** null in OCPP 1.6. */
  type: string | null;
  info: Readonly<Record<string, unknown>>;
}

/** A change of one entry. Without `info` it is taken out. @see OCPP 1.6 §5.15, OCPP 2.0.1 part 2, D01 */
export type LocalListChange = Omit<LocalListEntry, 'info'> & { info: LocalListEntry['info'] | null };

export interface LocalListUpdate {
  updateType: 'Full' | 'Differential';
  version: number;
  changes: readonly LocalListChange[];
}

/** The last SendLocalList. */
export interface LocalListAttempt extends LocalListUpdate {
  /** Of the command. */
  id: string;
  by: string;
  at: number;
  /** `sent` while there is no answer yet, `unanswered` when none came, else the charge point's word. */
  outcome: string;
}

/** What we believe of the local authorization list of one charge point. Never changed in place. */
export interface LocalListRecord {
  thingName: string;
  /** Of the last update that it accepted. */
  agreedVersion: number | null;
  /** What the list holds by all that it accepted; null when it began from something that we don't know. */
  entries: readonly LocalListEntry[] | null;
  attempt: LocalListAttempt | null;
  /** What it said when asked, since the last accepted update. */
  reportedVersion: number | null;
  reportedAt: number | null;
  /** What it said to the last ClearCache. */
  cache: { status: string; at: number } | null;
}

export type LocalListState = 'unknown' | 'pending' | 'in-step' | 'out-of-step' | 'not-supported';

export const newLocalList = (thingName: string): LocalListRecord => ({
  thingName,
  agreedVersion: null,
  entries: null,
  attempt: null,
  reportedVersion: null,
  reportedAt: null,
  cache: null,
});

export const believedVersion = ({ agreedVersion, reportedVersion }: LocalListRecord): number | null =>
  reportedVersion ?? agreedVersion;

export function stateOf(record: LocalListRecord): LocalListState {
  const { attempt, agreedVersion, entries, reportedVersion } = record;
  if (reportedVersion === NOT_SUPPORTED || attempt?.outcome === 'NotSupported') return 'not-supported';
  if (attempt?.outcome === 'sent') return 'pending';
  if (attempt !== null && attempt.outcome !== 'Accepted') return 'out-of-step';
  if (believedVersion(record) === null) return 'unknown';
  if (agreedVersion === null) return reportedVersion === 0 ? 'in-step' : 'out-of-step';
  const isAsAgreed = entries !== null && (reportedVersion === null || reportedVersion === agreedVersion);
  return isAsAgreed ? 'in-step' : 'out-of-step';
}

/** An OCPP 1.6 charge point without local lists says so as its version. @see OCPP 1.6 §5.10 */
const NOT_SUPPORTED = -1;

/** What the list was meant to hold after the last attempt; null when nobody knows. */
export function wantedEntries({ attempt, entries, agreedVersion }: LocalListRecord): readonly LocalListEntry[] | null {
  if (attempt === null || attempt.outcome === 'Accepted') return entries;
  return updated(agreedVersion === null ? [] : entries, attempt);
}

/** The record after the charge point took an update. */
export function afterAccepted(record: LocalListRecord, update: LocalListUpdate): LocalListRecord {
  const isUntouched = believedVersion(record) === null || believedVersion(record) === 0;
  const base = record.agreedVersion === null && isUntouched ? [] : record.entries;
  return {
    ...record,
    agreedVersion: update.version,
    entries: updated(base, update),
    reportedVersion: null,
    reportedAt: null,
  };
}

/** The record after the charge point told its version. An update that it never answered may be the one that it has. */
export function afterReport(record: LocalListRecord, version: number, at: number): LocalListRecord {
  const { attempt } = record;
  const hasIt = attempt !== null && attempt.outcome === 'unanswered' && attempt.version === version;
  const before = hasIt ? { ...afterAccepted(record, attempt), attempt: { ...attempt, outcome: 'Accepted' } } : record;
  return { ...before, reportedVersion: version, reportedAt: at };
}

function updated(
  entries: readonly LocalListEntry[] | null,
  { updateType, changes }: LocalListUpdate,
): readonly LocalListEntry[] | null {
  const base = updateType === 'Full' ? [] : entries;
  if (base === null) return null;
  const next = new Map(base.map((entry) => [keyOf(entry), entry]));
  for (const change of changes) {
    if (change.info === null) next.delete(keyOf(change));
    else next.set(keyOf(change), { ...change, info: change.info });
  }
  return [...next.values()];
}

const keyOf = ({ idToken, type }: { idToken: string; type: string | null }): string =>
  JSON.stringify([idToken.toLowerCase(), type]);
