import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import { membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import { tokenStatus } from '../id-tokens/token-status.ts';
import type { LocalListEntry } from './local-list-record.ts';

/** What an entry says of its token, the same in every version. */
export interface EntryFacts {
  status: string;
  expiresAt: string | null;
  groupIdToken: string | null;
}

export function factsOf({ info }: LocalListEntry): EntryFacts {
  return {
    status: textOf(info.status) ?? '',
    expiresAt: textOf(info.expiryDate) ?? textOf(info.cacheExpiryDateTime),
    groupIdToken: textOf(info.parentIdTag) ?? textOf(membersOf(info.groupIdToken).idToken),
  };
}

/** Whether the registry says something else of the token than the list does. */
export function hasDrifted(entry: LocalListEntry, token: IdToken | undefined, now: number): boolean {
  const { status, expiresAt, groupIdToken } = factsOf(entry);
  if (token === undefined) return status !== 'Invalid';
  return (
    status !== tokenStatus(token, now) ||
    timeOf(expiresAt) !== timeOf(token.expiresAt) ||
    groupIdToken !== token.groupIdToken
  );
}

const timeOf = (time: string | null): number | null => (time === null ? null : Date.parse(time));
