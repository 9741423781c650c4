import { OpenSessions } from '../../features/open-sessions/components/open-sessions.tsx';

export function OpenSessionsPage() {
  return <OpenSessions />;
}
