import type { LocalList, LocalListSummary } from '@cpo-console/shared/api/access.ts';
import type { IdTokens } from '../../charge-points/id-tokens/id-tokens.ts';
import { factsOf, hasDrifted } from '../../charge-points/local-lists/list-drift.ts';
import { believedVersion, type LocalListRecord, stateOf } from '../../charge-points/local-lists/local-list-record.ts';
import type { LocalLists } from '../../charge-points/local-lists/local-lists.ts';
import { isoTime } from '../time.ts';

export interface ListViewDeps {
  idTokens: Pick<IdTokens, 'lookUp'>;
  localLists: Pick<LocalLists, 'lastVersion'>;
  now: () => number;
}

export function toSummary(record: LocalListRecord, deps: ListViewDeps): LocalListSummary {
  const { thingName, entries, attempt, reportedVersion, reportedAt, cache } = record;
  const changed = entries?.filter((entry) => isChanged(entry, deps)).length ?? null;
  const state = stateOf(record);
  return {
    thingName,
    version: believedVersion(record),
    // It has what we agreed on, but that is no longer what the registry says.
    state: state === 'in-step' && changed !== null && changed > 0 ? 'out-of-step' : state,
    size: entries?.length ?? null,
    changed,
    attempt:
      attempt === null
        ? null
        : {
            version: attempt.version,
            updateType: attempt.updateType,
            outcome: attempt.outcome,
            at: isoTime(attempt.at),
            by: attempt.by,
          },
    reported:
      reportedVersion === null || reportedAt === null ? null : { version: reportedVersion, at: isoTime(reportedAt) },
    cache: cache === null ? null : { status: cache.status, at: isoTime(cache.at) },
  };
}

export const toLocalList = (record: LocalListRecord, deps: ListViewDeps): LocalList => ({
  ...toSummary(record, deps),
  nextVersion: deps.localLists.lastVersion(record.thingName) + 1,
  entries:
    record.entries?.map((entry) => ({
      idToken: entry.idToken,
      type: entry.type,
      ...factsOf(entry),
      changed: isChanged(entry, deps),
    })) ?? null,
});

const isChanged = (entry: Parameters<typeof hasDrifted>[0], { idTokens, now }: ListViewDeps): boolean =>
  hasDrifted(entry, idTokens.lookUp(entry.idToken), now());
