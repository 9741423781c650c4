import { getRouteApi } from '@tanstack/react-router';
import { SessionDetail } from '../../features/sessions/components/session-detail.tsx';

const route = getRouteApi('/shell/sessions/$id');

export function SessionPage() {
  const { id } = route.useParams();
  return <SessionDetail key={id} id={id} />;
}
