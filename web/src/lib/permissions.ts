import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { sessionQuery } from './thing-queries.ts';

/** The server's own names of what a role may do; those that decide what the console offers. */
export type Permission =
  | 'messages:read'
  | 'commands:read'
  | 'audit:read'
  | 'users:write'
  | 'id-tokens:read'
  | 'things:register'
  | 'things:configure'
  | 'things:delete'
  | 'commands:support'
  | 'commands:operate'
  | 'transactions:close'
  | 'id-tokens:write'
  | 'messages:import'
  | 'annotations:write'
  | 'replays:run'
  | 'messages:pin'
  | 'messages:unpin'
  | 'retention:write'
  | 'things:credentials'
  | 'firmware:write'
  | 'logs:read'
  | 'logs:delete';

/** Whether to offer something. The server decides; this spares people buttons that would be refused. */
export function useMayAny(): (permission: Permission) => boolean {
  const { data } = useQuery(sessionQuery);
  return useCallback((permission) => data?.permissions.includes(permission) ?? false, [data]);
}

export function useMay(permission: Permission): boolean {
  return useMayAny()(permission);
}
