import type { Page } from '@cpo-console/shared/api/page.ts';
import type {
  ApiToken,
  CreatedApiToken,
  InvitedUser,
  PasswordLink,
  Role,
  User,
} from '@cpo-console/shared/api/sign-in.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';

export const ROLES: readonly Role[] = ['viewer', 'support', 'operator', 'admin'];

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => api.get<Page<User>>('/users', undefined, signal),
});

export const apiTokensQuery = queryOptions({
  queryKey: ['api-tokens'],
  queryFn: ({ signal }) => api.get<Page<ApiToken>>('/api-tokens', undefined, signal),
});

/** A change of the users; the list is asked for again, whatever came of it. */
function useUserChange<Request, Answer>(change: (request: Request) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
}

export const useInvite = () =>
  useUserChange((request: { name: string; role: Role }) => api.post<InvitedUser>('/users', request));
export const useNewLink = () =>
  useUserChange((user: User) => api.post<PasswordLink>(`/users/${encodeURIComponent(user.id)}/links`));
export const useSetRole = () =>
  useUserChange(({ id, role }: { id: string; role: Role }) => api.patch(`/users/${encodeURIComponent(id)}`, { role }));
export const useRemoveUser = () => useUserChange((user: User) => api.delete(`/users/${encodeURIComponent(user.id)}`));

export interface NewApiToken {
  name: string;
  role: Role;
  expiresAt: string | null;
}

function useTokenChange<Request, Answer>(change: (request: Request) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: apiTokensQuery.queryKey }),
  });
}

export const useCreateToken = () =>
  useTokenChange((request: NewApiToken) => api.post<CreatedApiToken>('/api-tokens', request));
export const useRevokeToken = () =>
  useTokenChange((token: ApiToken) => api.delete(`/api-tokens/${encodeURIComponent(token.id)}`));
