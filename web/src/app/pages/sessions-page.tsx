import { getRouteApi } from '@tanstack/react-router';
import { Sessions } from '../../features/sessions/components/sessions.tsx';

const route = getRouteApi('/shell/sessions');

export function SessionsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Sessions
      filter={filter}
      onFilter={(patch) => void navigate({ search: (old) => ({ ...old, ...patch }) as typeof old, replace: true })}
    />
  );
}
