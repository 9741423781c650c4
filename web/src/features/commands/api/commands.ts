import type { Command, NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { at, parseJson } from '../../../lib/json.ts';
import { keys } from '../../../live/query-keys.ts';
import type { JsonSchema } from './schema.ts';

export interface Action {
  action: string;
  block: string;
  summary: string;
  requestSchema: JsonSchema | null;
}

export const actionsQuery = (protocol: OcppVersion) =>
  queryOptions({
    queryKey: keys.commands.actions(protocol),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { items } = await api.get<{ items: Action[] }>('/actions', { protocol }, signal);
      return items.filter((action) => action.requestSchema !== null);
    },
  });

export const commandsQuery = (thingName: string) =>
  queryOptions({
    queryKey: keys.commands.of(thingName),
    queryFn: ({ signal }) => api.get<Page<Command>>(thingPath(thingName, '/commands'), { limit: 50 }, signal),
  });

export function useCancelCommand(thingName: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<Command>(`/commands/${encodeURIComponent(id)}/cancel`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.commands.of(thingName) }),
  });
}

/** What an earlier CALL asked for; secrets in it are masked. */
export const sentPayloadQuery = (messageId: string) =>
  queryOptions({
    queryKey: keys.commands.sentPayload(messageId),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { frame } = await api.get<Message>(`/messages/${encodeURIComponent(messageId)}`, undefined, signal);
      const parsed = parseJson(frame);
      return (parsed.ok ? at(parsed.value, 3) : undefined) ?? null;
    },
  });

/** One command, which may be older than the history that is listed. */
export const commandQuery = (id: string) =>
  queryOptions({
    queryKey: keys.commands.one(id),
    queryFn: ({ signal }) => api.get<Command>(`/commands/${encodeURIComponent(id)}`, undefined, signal),
  });

/** The frames of a command, as they were on the wire. */
export const exchangeQuery = ({ id, thingName, messageId, status }: Command) =>
  queryOptions({
    queryKey: [...keys.commands.exchange(id), status],
    queryFn: async ({ signal }) => {
      const query = { thingName, messageId: messageId ?? '', order: 'asc', limit: 10 };
      return (await api.get<Page<Message>>('/messages', query, signal)).items;
    },
  });

export function useSendCommand(thingName: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (command: NewCommand) => api.post<Command>(thingPath(thingName, '/commands'), command),
    onSettled: () => client.invalidateQueries({ queryKey: keys.commands.of(thingName) }),
  });
}

/** What can cut a session short, lose data or leave a charge point unreachable: asked about before it is sent. */
const DANGEROUS = new Set([
  'Reset',
  'ClearCache',
  'UpdateFirmware',
  'SignedUpdateFirmware',
  'PublishFirmware',
  'UnpublishFirmware',
  'UnlockConnector',
  'ChangeAvailability',
  'RemoteStopTransaction',
  'RequestStopTransaction',
  'SetNetworkProfile',
  'DeleteCertificate',
  'InstallCertificate',
  'ClearChargingProfile',
  'ChangeConfiguration',
  'SetVariables',
  'SendLocalList',
  'ClearVariableMonitoring',
]);
export const isDangerous = (action: string): boolean => DANGEROUS.has(action);
