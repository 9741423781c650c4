import { HealthView } from '../../features/health/components/health.tsx';

export function HealthPage() {
  return <HealthView />;
}
