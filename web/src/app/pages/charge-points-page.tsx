import type { Thing } from '@cpo-console/shared/api/things.ts';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ChargePoints } from '../../features/charge-points/components/charge-points.tsx';
import { BulkDrawer } from '../../features/commands/components/bulk-drawer.tsx';
import { RegisterDrawer } from '../../features/register/components/register-drawer.tsx';

const route = getRouteApi('/shell/');

export function ChargePointsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const [commanded, setCommanded] = useState<Thing[]>([]);
  const change = (patch: Record<string, string | undefined>) =>
    void navigate({ search: (old) => ({ ...old, ...patch }) as typeof old, replace: !('register' in patch) });
  return (
    <>
      <ChargePoints
        filter={filter}
        onFilter={change}
        onRegister={(name) => change({ register: name })}
        onCommand={setCommanded}
      />
      <BulkDrawer
        things={commanded}
        onClose={() => setCommanded([])}
        onStarted={(id) => void navigate({ to: '/bulk-commands/$id', params: { id } })}
      />
      <RegisterDrawer
        open={filter.register !== undefined}
        thingName={filter.register === 'new' ? '' : (filter.register ?? '')}
        onClose={() => change({ register: undefined })}
      />
    </>
  );
}
