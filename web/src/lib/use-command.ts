import type { Command, NewCommand } from '@cpo-console/shared/api/commands.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../live/query-keys.ts';
import { api, thingPath } from './api-client.ts';

/** Sends a command and waits for the charge point's answer. */
export function useCommand(thingName: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (command: NewCommand) => api.post<Command>(thingPath(thingName, '/commands'), command),
    onSettled: () => client.invalidateQueries({ queryKey: keys.commands.of(thingName) }),
  });
}
