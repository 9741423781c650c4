import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import type { ReplaySearch } from '../../features/replay/api/replay-search.ts';
import { Replay } from '../../features/replay/components/replay.tsx';

const route = getRouteApi('/shell/replay/$name');
const DAY_MS = 86_400_000;

export function ReplayPage() {
  const { name } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { from, to } = search;
  const change = useCallback(
    (patch: ReplaySearch) => void navigate({ search: (old) => ({ ...old, ...patch }), replace: true }),
    [navigate],
  );
  // The address says which day it was, also tomorrow.
  useEffect(() => {
    if (from !== undefined && to !== undefined) return;
    const end = to === undefined ? Date.now() : Date.parse(to);
    change({ from: from ?? new Date(end - DAY_MS).toISOString(), to: new Date(end).toISOString() });
  }, [from, to, change]);
  const importId = search.import;
  const range = useMemo(
    () => (from && to ? { thingName: name, from, to, ...(importId !== undefined && { import: importId }) } : null),
    [name, from, to, importId],
  );
  return range && <Replay range={range} search={search} onSearch={change} />;
}
