import { integerOf, listOf, type Members, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import { tokenStatus } from '../../charge-points/id-tokens/token-status.ts';
import type { LocalListChange, LocalListUpdate } from '../../charge-points/local-lists/local-list-record.ts';
import type { CommandResult } from '../commands/create-command-service.ts';
import type { RequestDeps, RequestHandler } from '../requests/request-handlers.ts';
import type { Judgement } from './authorization.ts';
import { idTagInfo } from './id-tag-info.ts';
import { type IdTokenTypes, idTokenInfo } from './id-token-info.ts';

type Deps = Pick<RequestDeps, 'localLists' | 'idTokens' | 'now'>;

/** Where a version has what SendLocalList says. */
interface Wire {
  version: 'listVersion' | 'versionNumber';
  info: 'idTagInfo' | 'idTokenInfo';
  tokenOf(entry: Members): { idToken: string; type: string | null };
}

const WIRE_16: Wire = {
  version: 'listVersion',
  info: 'idTagInfo',
  tokenOf: ({ idTag }) => ({ idToken: textOf(idTag) ?? '', type: null }),
};

const WIRE_2: Wire = {
  version: 'versionNumber',
  info: 'idTokenInfo',
  tokenOf: ({ idToken }) => ({
    idToken: textOf(membersOf(idToken).idToken) ?? '',
    type: textOf(membersOf(idToken).type),
  }),
};

/** How a version says what a token is worth. */
type InfoOf = (judgement: Judgement) => object;

/** @see OCPP 1.6 §5.15 */
export const sendLocalList16 = (deps: Deps): RequestHandler => sendLocalList(deps, WIRE_16, idTagInfo);

/** @see OCPP 2.0.1 part 2, D01 */
export const sendLocalList2 = (deps: Deps, types: IdTokenTypes<string>): RequestHandler =>
  sendLocalList(deps, WIRE_2, (judgement) => idTokenInfo(deps, judgement, types));

function sendLocalList(deps: Deps, wire: Wire, infoOf: InfoOf): RequestHandler {
  const { localLists } = deps;
  return {
    complete(thingName, payload) {
      const members = membersOf(payload);
      if (members !== payload) return payload;
      const { updateType, localAuthorizationList: list } = members;
      const isFull = updateType === 'Full';
      return {
        ...(wire.version in members ? {} : { [wire.version]: localLists.nextVersion(thingName) }),
        ...members,
        ...(Array.isArray(list)
          ? { localAuthorizationList: list.map((entry) => withInfo(deps, entry, { wire, infoOf, isFull })) }
          : {}),
      };
    },
    sending: ({ id, thingName, payload, sentBy }) =>
      localLists.sending(thingName, { id, by: sentBy, ...readUpdate(payload, wire) }),
    unanswered: ({ id, thingName, payload }) =>
      localLists.answered(thingName, id, { status: null, update: readUpdate(payload, wire) }),
  };
}

/**
 * An entry says of its token what the registry says, unless it was given. In a differential update an entry that says
 * nothing takes its token out of the list: that is meant by `null`, and by a token that nobody has registered.
 */
function withInfo(
  { idTokens, now }: Deps,
  entry: unknown,
  { wire, infoOf, isFull }: { wire: Wire; infoOf: InfoOf; isFull: boolean },
): unknown {
  const members = membersOf(entry);
  const { [wire.info]: given, ...bare } = members;
  if (members !== entry || (given !== undefined && given !== null)) return entry;
  if (given === null && !isFull) return bare;
  const token = idTokens.lookUp(wire.tokenOf(members).idToken) ?? null;
  if (token === null && !isFull) return bare;
  const status = token === null ? 'Invalid' : tokenStatus(token, now());
  return { ...bare, [wire.info]: infoOf({ status, token }) };
}

function readUpdate(payload: unknown, { version, info, tokenOf }: Wire): LocalListUpdate {
  const members = membersOf(payload);
  return {
    updateType: members.updateType === 'Differential' ? 'Differential' : 'Full',
    version: integerOf(members[version]) ?? 0,
    changes: listOf(members.localAuthorizationList).map((entry): LocalListChange => {
      const said = membersOf(entry)[info];
      return { ...tokenOf(membersOf(entry)), info: said === undefined ? null : membersOf(said) };
    }),
  };
}

interface ResultDeps {
  localLists: Deps['localLists'];
}

export function takeSendLocalList({ localLists }: ResultDeps, result: CommandResult): Promise<void> {
  const { commandId, thingName, version, request, response } = result;
  const status = textOf(membersOf(response).status) ?? 'Failed';
  const update = readUpdate(request, version === 'ocpp1.6' ? WIRE_16 : WIRE_2);
  return localLists.answered(thingName, commandId, { status, update });
}

/** @see OCPP 1.6 §5.10, OCPP 2.0.1 part 2, D02 */
export async function takeListVersion(
  { localLists }: ResultDeps,
  { thingName, response }: CommandResult,
): Promise<void> {
  const { listVersion, versionNumber } = membersOf(response);
  const version = integerOf(listVersion ?? versionNumber);
  if (version !== null) await localLists.reported(thingName, version);
}

/** @see OCPP 1.6 §5.4, OCPP 2.0.1 part 2, C11 */
export async function takeClearCache(
  { localLists }: ResultDeps,
  { thingName, response }: CommandResult,
): Promise<void> {
  const status = textOf(membersOf(response).status);
  if (status !== null) await localLists.cacheCleared(thingName, status);
}
