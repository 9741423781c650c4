import type { Role, Session } from '@cpo-console/shared/api/contracts.ts';
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './thing-queries.ts';

const RANK: Record<Role, number> = { viewer: 0, support: 1, operator: 2, admin: 3 };

/** Whether to offer something. The server decides; this spares people buttons that would be refused. */
export function mayAtLeast(session: Session | null | undefined, role: Role): boolean {
  return session ? RANK[session.user.role] >= RANK[role] : false;
}

export function useMay(role: Role): boolean {
  const { data } = useQuery(sessionQuery);
  return mayAtLeast(data, role);
}
