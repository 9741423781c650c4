import type { Members } from '@cpo-console/shared/projection/read-payload.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { ChargingProfileRow } from '../../database/tables/smart-charging.tables.ts';
import type { ProfileCriteria, StartedSession } from './charging-profiles.ts';

const TX_PROFILE = 'TxProfile';
/** Somebody else's: clearing in general leaves it. */
const EXTERNAL = 'ChargingStationExternalConstraints';

export function profileStatements(query: Database['query']) {
  const ofThing = (thingName: string) => query.deleteFrom('charging_profiles').where('thing_name', '=', thingName);

  return {
    put(row: ChargingProfileRow): CompiledQuery {
      const { thing_name: _thing, profile_id: _id, ...changes } = row;
      return query
        .insertInto('charging_profiles')
        .values(row)
        .onConflict((conflict) => conflict.columns(['thing_name', 'profile_id']).doUpdateSet(changes))
        .compile();
    },
    /** A report tells what is there, not who put it there or what session it waits for. */
    putReported(row: ChargingProfileRow): CompiledQuery {
      const { place, purpose, kind, stack_level, limit_source, profile, reported_at, transaction_id } = row;
      const told = { place, purpose, kind, stack_level, limit_source, profile, reported_at };
      return query
        .insertInto('charging_profiles')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['thing_name', 'profile_id'])
            .doUpdateSet({ ...told, ...(transaction_id === null ? {} : { transaction_id }) }),
        )
        .compile();
    },
    revise: (thingName: string, profileId: number, profile: Members): CompiledQuery =>
      query
        .updateTable('charging_profiles')
        .set({ profile: JSON.stringify(profile) })
        .where('thing_name', '=', thingName)
        .where('profile_id', '=', profileId)
        .compile(),
    /** In 1.6 also one of the same purpose and level gives way; 2.x goes by the id alone. @see OCPP 1.6 §5.16, OCPP 2.0.1 part 2, K01.FR.05 */
    replacedBy({ thing_name, protocol, place, purpose, stack_level, profile_id }: ChargingProfileRow): CompiledQuery[] {
      if (protocol !== 'ocpp1.6' || place === null) return [];
      const same = ofThing(thing_name)
        .where('place', '=', place)
        .where('purpose', '=', purpose)
        .where('stack_level', '=', stack_level)
        .where('profile_id', '!=', profile_id);
      return [same.compile()];
    },
    remove(thingName: string, criteria: ProfileCriteria, before: number | undefined): CompiledQuery {
      const { profileIds, place, purpose, stackLevel, limitSources } = criteria;
      let remove = ofThing(thingName);
      if (profileIds !== undefined) remove = remove.where('profile_id', 'in', profileIds);
      if (place !== undefined) remove = remove.where('place', '=', place);
      if (purpose !== undefined) remove = remove.where('purpose', '=', purpose);
      if (stackLevel !== undefined) remove = remove.where('stack_level', '=', stackLevel);
      // One that nobody reported yet is our own.
      if (limitSources !== undefined) {
        remove = remove.where(({ eb, fn, val }) => eb(fn.coalesce('limit_source', val('CSO')), 'in', limitSources));
      }
      if (before !== undefined) {
        remove = remove.where('installed_at', '<', before);
        remove = remove.where(({ eb, or }) => or([eb('reported_at', 'is', null), eb('reported_at', '<', before)]));
      } else if (profileIds === undefined && purpose === undefined) {
        remove = remove.where('purpose', '!=', EXTERNAL);
      }
      return remove.compile();
    },
    bind({ thingName, transactionId, place, key }: StartedSession): CompiledQuery {
      return query
        .updateTable('charging_profiles')
        .set({ transaction_id: transactionId, awaits: null, ...(place === null ? {} : { place }) })
        .where('thing_name', '=', thingName)
        .where('awaits', '=', key)
        .where(({ eb, or }) => or([eb('place', 'is', null), ...(place === null ? [] : [eb('place', '=', place)])]))
        .compile();
    },
    /** One that names no session was for the one at its place. */
    removeOfSession({ thingName, transactionId, place }: Omit<StartedSession, 'key'>): CompiledQuery {
      return ofThing(thingName)
        .where('purpose', '=', TX_PROFILE)
        .where(({ eb, and, or }) => {
          const here = place === null ? [] : [eb('place', '=', place), eb('awaits', 'is', null)];
          const unnamed = and([eb('transaction_id', 'is', null), ...here]);
          return place === null
            ? eb('transaction_id', '=', transactionId)
            : or([eb('transaction_id', '=', transactionId), unnamed]);
        })
        .compile();
    },
  };
}
