import type { Reply } from './rpc-link.ts';
import { storeProfile } from './smart-charging.ts';
import {
  type Connector,
  chosenConnectors,
  freeConnector,
  result,
  type SessionRequest,
  type Station,
  sessionOf,
} from './station.ts';
import { asPayload } from './wire-values.ts';

/** A session that an operator started lasts until it is stopped, or this long. */
const REMOTE_SESSION_SECONDS = 3_600;

/** As every version tells it to us once its own names are read. */
type Token = Pick<SessionRequest, 'idToken' | 'tokenType' | 'remoteStartId'>;

/** @param profile sent along, for the session alone */
export function startSession(
  station: Station,
  connectorId: number | undefined,
  { profile, ...token }: Token & { profile: unknown },
): Reply {
  const connector = freeConnector(station, connectorId, token.idToken);
  if (connector === undefined) return result({ status: 'Rejected' });
  return result({ status: 'Accepted' }, () => {
    if (profile !== undefined) storeProfile(station, { evseId: connector.id, profile: asPayload(profile) });
    station.startSession(connector.id, { ...token, remote: true, seconds: REMOTE_SESSION_SECONDS });
  });
}

export function stopSession(station: Station, transactionId: unknown): Reply {
  const session = sessionOf(station, String(transactionId));
  if (session === null) return result({ status: 'Rejected' });
  return result({ status: 'Accepted' }, () => session.end('Remote'));
}

export function setOperative(station: Station, chosen: Connector[], operative: boolean): Reply {
  if (chosen.length === 0) return result({ status: 'Rejected' });
  const busy = chosen.some(({ session }) => session !== null);
  return result({ status: busy ? 'Scheduled' : 'Accepted' }, () => {
    for (const connector of chosen) {
      connector.operative = operative;
      if (connector.session === null) station.notifyStatus(connector);
    }
  });
}

/** What ReserveNow asks for in every version. */
export interface ReservationWish {
  connectorId: number | undefined;
  reservationId: number | undefined;
  idToken: string;
  until: string | undefined;
}

/** @see OCPP 1.6 §5.13, OCPP 2.0.1 part 2, H01 */
export function reserve(station: Station, { connectorId, reservationId, idToken, until }: ReservationWish): Reply {
  const id = reservationId ?? 0;
  const chosen = chosenConnectors(station, connectorId);
  const connector =
    chosen.find((one) => one.reservationId === id && one.session === null) ?? freeConnector(station, connectorId, null);
  if (connector === undefined) return result({ status: whyNot(chosen) });
  const expiresInMs = Date.parse(until ?? '') - station.now();
  if (expiresInMs <= 0) return result({ status: 'Rejected' });
  connector.reservationId = id;
  connector.reservedFor = idToken;
  return result({ status: 'Accepted' }, () => {
    station.notifyStatus(connector);
    if (expiresInMs < MAX_TIMER_MS) setTimeout(() => expire(station, connector, id), expiresInMs).unref();
  });
}

const MAX_TIMER_MS = 2 ** 31 - 1;

function whyNot(chosen: Connector[]): string {
  if (chosen.length === 0) return 'Rejected';
  if (chosen.every(({ faulted }) => faulted)) return 'Faulted';
  return chosen.every(({ operative }) => !operative) ? 'Unavailable' : 'Occupied';
}

/** @see OCPP 2.0.1 part 2, H04 */
function expire(station: Station, connector: Connector, id: number): void {
  if (connector.reservationId !== id || connector.session !== null) return;
  release(connector);
  station.notifyStatus(connector);
  if (station.version === 'ocpp1.6') return;
  const payload = { reservationId: id, reservationUpdateStatus: 'Expired' };
  station.notify({ action: 'ReservationStatusUpdate', payload });
}

export function cancelReservation(station: Station, { reservationId }: { reservationId?: unknown }): Reply {
  const connector = chosenConnectors(station, 0).find((one) => one.reservationId === reservationId);
  if (connector === undefined) return result({ status: 'Rejected' });
  release(connector);
  return result({ status: 'Accepted' }, () => station.notifyStatus(connector));
}

function release(connector: Connector): void {
  connector.reservationId = null;
  connector.reservedFor = null;
}

export function updateLocalList({ localList }: Station, version: number, updateType: unknown): Reply {
  if (updateType === 'Differential' && version <= localList.version) return result({ status: 'VersionMismatch' });
  localList.version = version;
  return result({ status: 'Accepted' });
}
