import type { Role } from '@cpo-console/shared/api/sign-in.ts';

/** From the least to the most trusted. Each may do all that the ones before may. */
export const ROLES: readonly Role[] = ['viewer', 'support', 'operator', 'admin'];

/** Every permission and the least role that has it. */
export const LEAST_ROLE = {
  'things:read': 'viewer',
  'transactions:read': 'viewer',
  'messages:read': 'support',
  'messages:export': 'support',
  'messages:import': 'support',
  'annotations:write': 'support',
  'replays:run': 'support',
  'messages:pin': 'support',
  'messages:unpin': 'operator',
  'commands:read': 'support',
  'commands:support': 'support',
  'id-tokens:read': 'support',
  'commands:operate': 'operator',
  'id-tokens:write': 'operator',
  'transactions:close': 'operator',
  'logs:read': 'support',
  'logs:delete': 'operator',
  'firmware:write': 'operator',
  'things:register': 'operator',
  'things:configure': 'operator',
  'things:credentials': 'operator',
  'things:delete': 'admin',
  'annotations:delete': 'admin',
  'saved-searches:delete': 'admin',
  'users:write': 'admin',
  'api-tokens:write': 'admin',
  'retention:write': 'admin',
  'audit:read': 'admin',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof LEAST_ROLE;

export const PERMISSIONS = Object.keys(LEAST_ROLE) as Permission[];

export function isPermission(name: string): name is Permission {
  return Object.hasOwn(LEAST_ROLE, name);
}

/** A permission that nobody has heard of is one that nobody has. */
export function roleMay(role: Role, permission: string): boolean {
  return isPermission(permission) && ROLES.indexOf(role) >= ROLES.indexOf(LEAST_ROLE[permission]);
}

export function permissionsOf(role: Role): Permission[] {
  return PERMISSIONS.filter((permission) => roleMay(role, permission));
}
