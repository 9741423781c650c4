import { getRouteApi } from '@tanstack/react-router';
import { BulkCommandView } from '../../features/commands/components/bulk-command.tsx';
import { BulkCommands } from '../../features/commands/components/bulk-commands.tsx';

const route = getRouteApi('/shell/bulk-commands/$id');

export function BulkCommandsPage() {
  return <BulkCommands />;
}

export function BulkCommandPage() {
  const { id } = route.useParams();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <BulkCommandView id={id} filter={filter} onFilter={(next) => void navigate({ search: next, replace: true })} />
  );
}
