import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { ReactNode } from 'react';
import { OverallTag } from '../../../components/ui/overall-tag.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { duration, kilowattHours, kilowatts, number } from '../../../lib/format.ts';
import { type ConnectorView, connectorsOf, runningSessionsOf, versionName } from '../../../lib/station-view.ts';
import { useNow } from '../../../lib/use-now.ts';
import { type Text, useText } from '../../../lib/use-text.ts';
import type { Sort } from '../api/thing-filter.ts';

export type ColumnKey = 'state' | 'name' | 'model' | 'firmware' | 'ocpp' | 'connectors' | 'session' | 'tags' | 'seen';
export interface Column {
  key: ColumnKey;
  width: string;
  sortBy?: Sort;
  end?: true;
  /** Without it a row says nothing. */
  always?: true;
  /** Elements rather than a component: hundreds of cells come into view in one frame of scrolling. */
  cell: (thing: Thing, text: Text) => ReactNode;
}

const dash = <span className="mut">—</span>;

export const COLUMNS: Column[] = [
  { key: 'state', width: '126px', sortBy: 'state', cell: (thing) => <OverallTag state={thing.overall} /> },
  { key: 'name', width: 'minmax(100px, 0.8fr)', sortBy: 'name', always: true, cell: nameCell },
  { key: 'model', width: 'minmax(120px, 1fr)', sortBy: 'vendor', cell: modelCell },
  { key: 'firmware', width: 'minmax(108px, 0.4fr)', sortBy: 'firmware', cell: firmwareCell },
  {
    key: 'ocpp',
    width: '58px',
    sortBy: 'ocpp',
    cell: (thing) => (thing.protocol ? versionName(thing.protocol) : dash),
  },
  { key: 'connectors', width: 'minmax(248px, 1.2fr)', cell: connectorsCell },
  { key: 'session', width: 'minmax(212px, 0.8fr)', cell: sessionCell },
  { key: 'tags', width: 'minmax(72px, 0.7fr)', cell: (thing) => <span className="sub">{thing.tags.join(', ')}</span> },
  { key: 'seen', width: '114px', sortBy: 'seen', end: true, cell: seenCell },
];

function seenCell({ lastSeenAt }: Thing): ReactNode {
  return (
    <span className="mut">
      <Age at={lastSeenAt} />
    </span>
  );
}

function nameCell({ thingName }: Thing): ReactNode {
  return (
    <a
      href={`/charge-points/${encodeURIComponent(thingName)}`}
      data-thing={thingName}
      className="b"
      style={{ color: 'var(--ink)' }}
    >
      {thingName}
    </a>
  );
}

function modelCell({ state: { chargingStation: station } }: Thing): ReactNode {
  return station ? [station.vendorName, station.model].filter(Boolean).join(' ') : dash;
}

function firmwareCell({ state }: Thing): ReactNode {
  const version = state.chargingStation?.firmwareVersion;
  return version ? <span className="m">{version}</span> : dash;
}

/** What they last said; once, that it is the last, when the connection is gone. */
function connectorsCell(thing: Thing, { t }: Text): ReactNode {
  const connectors = connectorsOf(thing);
  if (connectors.length === 0) return dash;
  return (
    <>
      {!thing.connected && <span className="mut">{t('connector.last')} </span>}
      {connectors.map((connector) => (
        <ConnectorChip key={connector.key} connector={connector} stale={!thing.connected} />
      ))}
    </>
  );
}

function ConnectorChip({ connector, stale }: { connector: ConnectorView; stale: boolean }) {
  const label = `${connector.label} ${connector.fault ?? connector.status}`;
  return (
    <Tag tone={stale ? 'off' : connector.tone} title={label}>
      {label}
    </Tag>
  );
}

function sessionCell(thing: Thing): ReactNode {
  return thing.state.transactions.length === 0 ? dash : <RunningSession thing={thing} />;
}

function RunningSession({ thing }: { thing: Thing }) {
  const { language } = useText();
  const now = useNow();
  const [first, ...others] = runningSessionsOf(thing);
  if (!first) return dash;
  const parts = [
    first.powerW === null ? null : kilowatts(language, first.powerW),
    first.energyWh === null ? null : kilowattHours(language, first.energyWh),
    duration(now - first.startedAt),
    others.length === 0 ? null : `+${number(language, others.length)}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
