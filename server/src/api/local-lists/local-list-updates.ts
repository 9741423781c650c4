import type { SendLocalList } from '@cpo-console/shared/api/access.ts';
import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { IdTokens } from '../../charge-points/id-tokens/id-tokens.ts';
import { tokenKey } from '../../charge-points/id-tokens/token-key.ts';
import { hasDrifted } from '../../charge-points/local-lists/list-drift.ts';
import { type LocalListRecord, wantedEntries } from '../../charge-points/local-lists/local-list-record.ts';

/** A token to put into the list, or to take out of it. What is said of it, the registry says. */
interface Change {
  idToken: string;
  type: string | null;
  out: boolean;
}

/** How long a token may be. @see OCPP 1.6 §7.28, OCPP 2.0.1 and 2.1 part 2, IdTokenType */
const LONGEST: Record<OcppVersion, number> = { 'ocpp1.6': 20, 'ocpp2.0.1': 36, 'ocpp2.1': 255 };

export interface PlannedUpdates {
  /** Payloads of SendLocalList, without the version. */
  payloads: object[];
  leftOut: string[];
}

export interface PlanOptions {
  record: LocalListRecord;
  protocol: OcppVersion;
  tokens: readonly IdToken[];
  idTokens: Pick<IdTokens, 'lookUp'>;
  now: number;
  /** At most so many entries in one message. */
  perMessage: number;
}

/** The tokens asked for; null when nobody knows which they are. */
export async function chosenTokens(
  { of, groupIdToken }: SendLocalList,
  { record, idTokens }: { record: LocalListRecord; idTokens: Pick<IdTokens, 'list' | 'lookUp'> },
): Promise<IdToken[] | null> {
  if (of === 'same') return wantedEntries(record)?.flatMap(({ idToken }) => idTokens.lookUp(idToken) ?? []) ?? null;
  const group = tokenKey(groupIdToken ?? '');
  const all: IdToken[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await idTokens.list({ limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return of === 'group' ? all.filter((token) => tokenKey(token.groupIdToken ?? '') === group) : all;
}

/** More than one message takes: the first replaces the list, the others add to it. */
export function planFull({ protocol, tokens, perMessage }: PlanOptions): PlannedUpdates {
  const { fitting, leftOut } = sorted(tokens, protocol);
  const [first = [], ...more] = chunks(fitting.map(putIn), perMessage);
  return {
    payloads: [payloadOf('Full', first, protocol), ...more.map((part) => payloadOf('Differential', part, protocol))],
    leftOut,
  };
}

/** What the list lacks, has too much, or says otherwise; null when nobody knows what it holds. */
export function planDifferential(options: PlanOptions): PlannedUpdates | null {
  const { record, protocol, tokens, idTokens, now, perMessage } = options;
  const { entries } = record;
  if (entries === null) return null;
  const { fitting, leftOut } = sorted(tokens, protocol);
  const wanted = new Set(fitting.map(({ idToken }) => tokenKey(idToken)));
  const held = new Map(entries.map((entry) => [tokenKey(entry.idToken), entry]));
  const out = entries
    .filter(({ idToken }) => !wanted.has(tokenKey(idToken)))
    .map(({ idToken, type }): Change => ({ idToken, type, out: true }));
  const changed = fitting.filter((token) => {
    const entry = held.get(tokenKey(token.idToken));
    return entry === undefined || hasDrifted(entry, idTokens.lookUp(token.idToken), now);
  });
  const parts = chunks([...out, ...changed.map(putIn)], perMessage);
  return { payloads: parts.map((part) => payloadOf('Differential', part, protocol)), leftOut };
}

const putIn = ({ idToken, type }: IdToken): Change => ({ idToken, type, out: false });

function sorted(tokens: readonly IdToken[], protocol: OcppVersion): { fitting: IdToken[]; leftOut: string[] } {
  const fits = ({ idToken }: IdToken): boolean => idToken.length <= LONGEST[protocol];
  return {
    fitting: tokens.filter(fits),
    leftOut: tokens.filter((token) => !fits(token)).map(({ idToken }) => idToken),
  };
}

function payloadOf(updateType: 'Full' | 'Differential', changes: readonly Change[], protocol: OcppVersion): object {
  const localAuthorizationList = changes.map(({ idToken, type, out }) =>
    protocol === 'ocpp1.6'
      ? { idTag: idToken, ...(out ? { idTagInfo: null } : {}) }
      : { idToken: { idToken, type: type ?? 'Central' }, ...(out ? { idTokenInfo: null } : {}) },
  );
  // A list that is left out empties the charge point's; an empty one breaks the schema of 2.x.
  return { updateType, ...(localAuthorizationList.length > 0 ? { localAuthorizationList } : {}) };
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}
