import { ReplayStart } from '../../features/replay/components/replay-start.tsx';

export function ReplayStartPage() {
  return <ReplayStart />;
}
