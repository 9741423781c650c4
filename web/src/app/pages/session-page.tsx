import { getRouteApi } from '@tanstack/react-router';
import { SessionDetail } from '../../features/sessions/components/session-detail.tsx';

const route = getRouteApi('/shell/sessions/$id');

export function SessionPage() {
  const { id } = route.useParams();
  const { series } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <SessionDetail
      key={id}
      id={id}
      series={series}
      onSeries={(chosen) => void navigate({ search: chosen === undefined ? {} : { series: chosen }, replace: true })}
    />
  );
}
