import { isDeepStrictEqual } from 'node:util';
import type { ChargingProfile } from '@cpo-console/shared/api/charging.ts';
import type { Members } from '@cpo-console/shared/projection/read-payload.ts';
import type { ProfileDraft } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { readProfile } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.ts';
import { createListeners } from '../listeners.ts';
import { type ProfileRecord, profileIdOf, toProfile, toRow } from './profile-record.ts';
import { profileStatements } from './profile-statements.ts';

/** Which profiles: those that have all of what is given. */
export interface ProfileCriteria {
  profileIds?: readonly number[];
  place?: number;
  purpose?: string;
  stackLevel?: number;
  limitSources?: readonly string[];
}

export interface StartedSession {
  thingName: string;
  transactionId: string;
  place: number | null;
  /** What it says by which a profile that was sent ahead knows it. */
  key: string;
}

/** The charging profiles that the charge points have, as far as we know. Writes are durable when resolved. */
export interface ChargingProfiles {
  /** Accepted, so it is there now, and what it replaces is not. */
  install(record: ProfileRecord): Promise<void>;
  /** It says something else now; nothing else about it changes. */
  revise(thingName: string, profileId: number, profile: Members): Promise<void>;
  /** Found there. Who installed it stays known. */
  report(record: ProfileRecord): Promise<void>;
  /** None of these are there any more, unless they came after `before`. */
  remove(thingName: string, criteria: ProfileCriteria, before?: number): Promise<void>;
  /** It is about to tell which of these it has. */
  expectReport(thingName: string, requestId: number, criteria: ProfileCriteria): void;
  /** It will not tell after all. */
  forgetReport(thingName: string): void;
  /** It has told all: what it did not mention is not there. */
  reportEnded(thingName: string, requestId: number): Promise<void>;
  /** The profile that was sent with the request for a session is for this one. */
  sessionStarted(session: StartedSession): Promise<void>;
  /** Its TxProfiles went with it. */
  sessionEnded(session: Omit<StartedSession, 'key'>): Promise<void>;
  /** All of a charge point's. */
  removeThing(thingName: string): Promise<void>;
  get(thingName: string, profileId: number): Promise<ChargingProfile | null>;
  /** Sorted by place, purpose and stack level. */
  list(thingName: string): Promise<ChargingProfile[]>;
  /** Those of all charge points that say what a draft says, whatever their id and place. */
  like(draft: ProfileDraft): Promise<ChargingProfile[]>;
  onChange(listener: (thingName: string) => void): () => void;
}

export interface ChargingProfilesOptions {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  now: () => number;
}

const TX_PROFILE = 'TxProfile';

export async function createChargingProfiles({ database, now }: ChargingProfilesOptions): Promise<ChargingProfiles> {
  const { query } = database;
  const statements = profileStatements(query);
  const listeners = createListeners<string>();
  /** Charge points with TxProfiles: only their sessions' beginnings and ends are looked at. */
  const withTxProfiles = new Set<string>();
  /** Of each charge point the last report that was asked for. */
  const expected = new Map<string, { requestId: number; criteria: ProfileCriteria; since: number }>();
  const readTxProfiles = () =>
    query.selectFrom('charging_profiles').select('thing_name').where('purpose', '=', TX_PROFILE).distinct().execute();
  const take = (rows: readonly { thing_name: string }[]): void => {
    for (const { thing_name } of rows) withTxProfiles.add(thing_name);
  };
  take(await readTxProfiles());
  database.follow('charging_profiles', readTxProfiles, take);

  async function write(thingName: string, ...queries: CompiledQuery[]): Promise<void> {
    await database.write(...queries);
    listeners.tell(thingName);
  }

  function noteTx({ thingName, profile }: ProfileRecord): void {
    if (profile.chargingProfilePurpose === TX_PROFILE) withTxProfiles.add(thingName);
  }

  async function get(thingName: string, profileId: number): Promise<ChargingProfile | null> {
    const row = await query
      .selectFrom('charging_profiles')
      .selectAll()
      .where('thing_name', '=', thingName)
      .where('profile_id', '=', profileId)
      .executeTakeFirst();
    return row === undefined ? null : toProfile(row);
  }

  return {
    get,
    async install(record) {
      const profileId = profileIdOf(record.profile);
      if (profileId === null) return;
      noteTx(record);
      const row = toRow(record, profileId, now());
      await write(record.thingName, ...statements.replacedBy(row), statements.put(row));
    },
    revise: (thingName, profileId, profile) => write(thingName, statements.revise(thingName, profileId, profile)),
    async report(record) {
      const profileId = profileIdOf(record.profile);
      if (profileId === null) return;
      noteTx(record);
      await write(record.thingName, statements.putReported(toRow(record, profileId, now())));
    },
    remove: (thingName, criteria, before) => write(thingName, statements.remove(thingName, criteria, before)),
    removeThing(thingName) {
      withTxProfiles.delete(thingName);
      expected.delete(thingName);
      return write(thingName, query.deleteFrom('charging_profiles').where('thing_name', '=', thingName).compile());
    },
    expectReport: (thingName, requestId, criteria) =>
      void expected.set(thingName, { requestId, criteria, since: now() }),
    forgetReport: (thingName) => void expected.delete(thingName),
    async reportEnded(thingName, requestId) {
      const report = expected.get(thingName);
      if (report?.requestId !== requestId) return;
      expected.delete(thingName);
      await write(thingName, statements.remove(thingName, report.criteria, report.since));
    },
    async sessionStarted(session) {
      if (withTxProfiles.has(session.thingName)) await write(session.thingName, statements.bind(session));
    },
    async sessionEnded(session) {
      if (withTxProfiles.has(session.thingName)) await write(session.thingName, statements.removeOfSession(session));
    },
    async list(thingName) {
      const rows = await query
        .selectFrom('charging_profiles')
        .selectAll()
        .where('thing_name', '=', thingName)
        .orderBy('place')
        .orderBy('purpose')
        .orderBy('stack_level', 'desc')
        .orderBy('profile_id')
        .execute();
      return rows.map(toProfile);
    },
    async like(draft) {
      const rows = await query
        .selectFrom('charging_profiles')
        .selectAll()
        .where('kind', '=', draft.kind)
        .where('stack_level', '=', draft.stackLevel)
        .orderBy('thing_name')
        .orderBy('profile_id')
        .execute();
      return rows.map(toProfile).filter(({ profile }) => saysTheSame(readProfile(profile), draft));
    },
    onChange: listeners.add,
  };
}

/** What a session is started with is a TxProfile, whatever it was drawn up as. */
const saysTheSame = (installed: ProfileDraft | null, draft: ProfileDraft): boolean =>
  installed !== null &&
  (installed.purpose === draft.purpose || installed.purpose === TX_PROFILE) &&
  isDeepStrictEqual({ ...installed, purpose: draft.purpose }, draft);
