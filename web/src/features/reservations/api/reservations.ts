import type { NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Reservation } from '@cpo-console/shared/api/reservations.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const PAGE = 100;
/** A fleet's list hears of no single change. */
const REFRESH_MS = 10_000;

/** Of one charge point, or of all. */
export const reservationsQuery = (thingName: string | null, open: boolean) =>
  infiniteQueryOptions({
    queryKey: [...keys.records.of({ thingName: thingName ?? '', records: 'reservations' }), open],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Reservation>>(
        thingName === null ? '/reservations' : thingPath(thingName, '/reservations'),
        { limit: PAGE, ...(open && { open: true }), ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    ...(thingName === null && { refetchInterval: REFRESH_MS }),
  });

export interface Wish {
  /** The EVSE, in OCPP 1.6 the connector; 0: any. */
  place: number;
  idToken: string;
  idTokenType: string;
  until: string;
}

/** Without an id: the server gives one. */
export function reserveCommand({ place, idToken, idTokenType, until }: Wish, version: OcppVersion): NewCommand {
  const payload =
    version === 'ocpp1.6'
      ? { connectorId: place, expiryDate: until, idTag: idToken }
      : {
          expiryDateTime: until,
          idToken: { idToken, type: idTokenType },
          ...(place === 0 ? {} : { evseId: place }),
        };
  return { action: 'ReserveNow', payload };
}

export const cancelCommand = (reservationId: number): NewCommand => ({
  action: 'CancelReservation',
  payload: { reservationId },
});
