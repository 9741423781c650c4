import type { Reply } from './rpc-link.ts';
import {
  type Connector,
  chosenConnectors,
  freeConnector,
  result,
  type SessionRequest,
  type Station,
  sessionOf,
} from './station.ts';

/** A session that an operator started lasts until it is stopped, or this long. */
const REMOTE_SESSION_SECONDS = 3_600;

/** As every version tells it to us once its own names are read. */
type Token = Pick<SessionRequest, 'idToken' | 'tokenType' | 'remoteStartId'>;

export function startSession(station: Station, connectorId: number | undefined, token: Token): Reply {
  const connector = freeConnector(station, connectorId);
  if (connector === undefined) return result({ status: 'Rejected' });
  return result({ status: 'Accepted' }, () => {
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

export function reserve(station: Station, connectorId: number | undefined, reservationId: number | undefined): Reply {
  const connector = freeConnector(station, connectorId);
  if (connector === undefined) return result({ status: 'Occupied' });
  connector.reservationId = reservationId ?? null;
  return result({ status: 'Accepted' }, () => station.notifyStatus(connector));
}

export function cancelReservation(station: Station, { reservationId }: { reservationId?: unknown }): Reply {
  const connector = chosenConnectors(station, 0).find((one) => one.reservationId === reservationId);
  if (connector === undefined) return result({ status: 'Rejected' });
  connector.reservationId = null;
  return result({ status: 'Accepted' }, () => station.notifyStatus(connector));
}

export function updateLocalList({ localList }: Station, version: number, updateType: unknown): Reply {
  if (updateType === 'Differential' && version <= localList.version) return result({ status: 'VersionMismatch' });
  localList.version = version;
  return result({ status: 'Accepted' });
}
