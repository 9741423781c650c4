import { getRouteApi } from '@tanstack/react-router';
import { IdTokens } from '../../features/access/components/id-tokens.tsx';

const route = getRouteApi('/shell/access');

export function AccessPage() {
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <IdTokens
      search={search}
      onSearch={(text) => void navigate({ search: text === undefined ? {} : { search: text }, replace: true })}
    />
  );
}
