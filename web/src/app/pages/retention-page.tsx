import { RetentionView } from '../../features/retention/components/retention.tsx';

export function RetentionPage() {
  return <RetentionView />;
}
