import type { Thing } from '@cpo-console/shared/api/things.ts';

/** The EVSEs of a charge point, in OCPP 1.6 its connectors: what commands are about. */
export function placesOf({ state }: Thing): number[] {
  const places = state.connectors.map(({ evseId, connectorId }) => evseId ?? connectorId);
  return [...new Set(places)].sort((a, b) => a - b);
}
