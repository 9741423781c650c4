import { getRouteApi } from '@tanstack/react-router';
import { Audit } from '../../features/audit/components/audit.tsx';

const route = getRouteApi('/shell/audit');

export function AuditPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Audit
      filter={filter}
      onFilter={(patch) => void navigate({ search: (old) => ({ ...old, ...patch }) as typeof old, replace: true })}
    />
  );
}
