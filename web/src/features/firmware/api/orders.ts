import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { NewFirmwarePublication, NewFirmwareUpdate, NewLogRequest } from '@cpo-console/shared/api/jobs.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

/** What is asked of a charge point that needs a link to here. */
export type Order =
  | { kind: 'update'; order: NewFirmwareUpdate }
  | { kind: 'publish'; order: NewFirmwarePublication }
  | { kind: 'unpublish'; checksum: string }
  | { kind: 'log'; order: NewLogRequest };

export function useOrder(thingName: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Order) => send(thingName, asked),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.records.of({ thingName, records: 'firmware' }) }),
  });
}

function send(thingName: string, asked: Order): Promise<Command> {
  switch (asked.kind) {
    case 'update':
      return api.post(thingPath(thingName, '/firmware-updates'), asked.order);
    case 'publish':
      return api.post(thingPath(thingName, '/firmware-publications'), asked.order);
    case 'log':
      return api.post(thingPath(thingName, '/log-requests'), asked.order);
    case 'unpublish': {
      const payload = { checksum: asked.checksum };
      return api.post(thingPath(thingName, '/commands'), { action: 'UnpublishFirmware', payload });
    }
  }
}

export type LogType = NonNullable<NewLogRequest['logType']>;

/** The first one is what a version gives without further words. */
export const LOG_TYPES: Record<OcppVersion, readonly [LogType, ...LogType[]]> = {
  'ocpp1.6': ['Diagnostics', 'DiagnosticsLog', 'SecurityLog'],
  'ocpp2.0.1': ['DiagnosticsLog', 'SecurityLog'],
  'ocpp2.1': ['DiagnosticsLog', 'SecurityLog', 'DataCollectorLog'],
};

/** What a form's date and time field says, as the wire wants it. */
export const instant = (local: string): string | undefined =>
  local === '' ? undefined : new Date(local).toISOString();
