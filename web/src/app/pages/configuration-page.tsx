import { DesiredConfiguration } from '../../features/configuration/components/desired-configuration.tsx';

export function ConfigurationPage() {
  return <DesiredConfiguration />;
}
