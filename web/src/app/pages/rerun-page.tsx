import { getRouteApi } from '@tanstack/react-router';
import { RerunResult } from '../../features/replay/components/rerun-result.tsx';

const route = getRouteApi('/shell/reruns/$id');

export function RerunPage() {
  const { id } = route.useParams();
  return <RerunResult key={id} id={id} />;
}
