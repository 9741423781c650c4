import { ApiTokens } from '../../features/users/components/api-tokens.tsx';
import { Users } from '../../features/users/components/users.tsx';

export function UsersPage() {
  return (
    <>
      <Users />
      <ApiTokens />
    </>
  );
}
