import type { ConnectorView } from '../../lib/station-view.ts';
import { useText } from '../../lib/use-text.ts';
import { Tag } from './tag.tsx';

/** A connector's number and what it last said; when the connection is gone, said so. */
export function ConnectorChip({ connector, stale }: { connector: ConnectorView; stale: boolean }) {
  const { t } = useText();
  const status = connector.fault ?? connector.status;
  const label = `${connector.label} ${stale ? t('connector.last', { status }) : status}`;
  return (
    <Tag tone={stale ? 'off' : connector.tone} title={label}>
      {label}
    </Tag>
  );
}
