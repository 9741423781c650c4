import type { NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { AvailabilityState } from '@cpo-console/shared/projection/charge-point-state.ts';

/** A connector, or the whole charge point. */
export type AvailabilityPlace = { evseId: number | null; connectorId: number } | 'station';

export function availabilityCommand(
  place: AvailabilityPlace,
  wanted: AvailabilityState['wanted'],
  version: OcppVersion,
): NewCommand {
  const action = 'ChangeAvailability';
  if (version === 'ocpp1.6') {
    return { action, payload: { connectorId: place === 'station' ? 0 : place.connectorId, type: wanted } };
  }
  const evse = place === 'station' ? {} : { evse: { id: place.evseId ?? 0, connectorId: place.connectorId } };
  return { action, payload: { operationalStatus: wanted, ...evse } };
}

/** What was asked of just this place, or, of a connector, for its EVSE as a whole: the last of it. */
export function askedOf({ state }: Thing, place: AvailabilityPlace): AvailabilityState | undefined {
  return state.availability
    .filter(({ evseId, connectorId }) =>
      place === 'station'
        ? evseId === 0 || (evseId === null && connectorId === 0)
        : evseId === place.evseId && (connectorId === place.connectorId || connectorId === null),
    )
    .sort((a, b) => a.askedAt - b.askedAt)
    .at(-1);
}
