import type { NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

export interface ConnectorPlace {
  evseId: number | null;
  connectorId: number;
}

/** @see OCPP 1.6 §5.18; OCPP 2.0.1 part 2, F05 */
export const unlockCommand = ({ evseId, connectorId }: ConnectorPlace, version: OcppVersion): NewCommand => ({
  action: 'UnlockConnector',
  payload: version === 'ocpp1.6' ? { connectorId } : { evseId: evseId ?? connectorId, connectorId },
});

/** @see OCPP 1.6 §5.17; OCPP 2.0.1 part 2, F06 */
export const statusCommand = ({ evseId, connectorId }: ConnectorPlace, version: OcppVersion): NewCommand => ({
  action: 'TriggerMessage',
  payload: {
    requestedMessage: 'StatusNotification',
    ...(version === 'ocpp1.6' ? { connectorId } : { evse: { id: evseId ?? connectorId, connectorId } }),
  },
});
