import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Messages } from '../../features/messages/components/messages.tsx';

const route = getRouteApi('/shell/messages');

export function MessagesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (patch: Record<string, string | undefined>) =>
      void navigate({ search: (old) => ({ ...old, ...patch }) as typeof old, replace: 'message' in patch }),
    [navigate],
  );
  return <Messages search={search} onSearch={change} heading />;
}
