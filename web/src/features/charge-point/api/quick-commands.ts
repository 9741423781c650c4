import type { Command, NewCommand } from '@cpo-console/shared/api/commands.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

/** The few that people want most; the same in every version. */
export type QuickCommand = 'heartbeat' | 'boot' | 'status';

export function quickCommand(quick: QuickCommand): NewCommand {
  const requestedMessage = { heartbeat: 'Heartbeat', boot: 'BootNotification', status: 'StatusNotification' }[quick];
  return { action: 'TriggerMessage', payload: { requestedMessage } };
}

export function useQuickCommand(thingName: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (command: NewCommand) => api.post<Command>(thingPath(thingName, '/commands'), command),
    onSettled: () => client.invalidateQueries({ queryKey: keys.commands.of(thingName) }),
  });
}
