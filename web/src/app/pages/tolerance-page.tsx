import { getRouteApi } from '@tanstack/react-router';
import { ToleranceView } from '../../features/tolerance/components/tolerance.tsx';

const route = getRouteApi('/shell/tolerance');

export function TolerancePage() {
  const { by = 'model', range = 'day' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ToleranceView
      by={by}
      range={range}
      onChange={(change) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })}
    />
  );
}
