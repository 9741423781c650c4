import type { Thing } from '@cpo-console/shared/api/contracts.ts';
import type { ComponentType } from 'react';
import { ConnectorChip } from '../../../components/ui/connector-chip.tsx';
import { OverallTag } from '../../../components/ui/overall-tag.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { duration, kilowattHours, kilowatts, number } from '../../../lib/format.ts';
import { connectorsOf, runningSessionsOf, versionName } from '../../../lib/station-view.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useText } from '../../../lib/use-text.ts';
import type { Sort } from '../api/thing-filter.ts';

type Cell = ComponentType<{ thing: Thing }>;
export type ColumnKey = 'state' | 'name' | 'model' | 'firmware' | 'ocpp' | 'connectors' | 'session' | 'tags' | 'seen';
export interface Column {
  key: ColumnKey;
  width: string;
  sortBy?: Sort;
  end?: true;
  /** Without it a row says nothing. */
  always?: true;
  Cell: Cell;
}

const dash = <span className="mut">—</span>;

const State: Cell = ({ thing }) => <OverallTag state={thing.overall} />;

const Name: Cell = ({ thing }) => (
  <a
    href={`/charge-points/${encodeURIComponent(thing.thingName)}`}
    data-thing={thing.thingName}
    className="b"
    style={{ color: 'var(--ink)' }}
  >
    {thing.thingName}
  </a>
);

const Model: Cell = ({ thing }) => {
  const station = thing.state.chargingStation;
  return station ? [station.vendorName, station.model].filter(Boolean).join(' ') : dash;
};

const Firmware: Cell = ({ thing }) => {
  const version = thing.state.chargingStation?.firmwareVersion;
  return version ? <span className="m">{version}</span> : dash;
};

const Ocpp: Cell = ({ thing }) => (thing.protocol ? versionName(thing.protocol) : dash);

const Connectors: Cell = ({ thing }) => (
  <span style={{ display: 'inline-flex', gap: 4 }}>
    {connectorsOf(thing).map((connector) => (
      <ConnectorChip key={connector.key} connector={connector} stale={!thing.connected} />
    ))}
  </span>
);

const RunningSession: Cell = ({ thing }) => {
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
  return <span className="m">{parts.filter(Boolean).join(' · ')}</span>;
};

const Tags: Cell = ({ thing }) => <span className="sub">{thing.tags.join(', ')}</span>;

const Seen: Cell = ({ thing }) => (
  <span className="mut">
    <Age at={thing.lastSeenAt} />
  </span>
);

export const COLUMNS: Column[] = [
  { key: 'state', width: '134px', sortBy: 'state', Cell: State },
  { key: 'name', width: 'minmax(100px, 0.8fr)', sortBy: 'name', always: true, Cell: Name },
  { key: 'model', width: 'minmax(112px, 0.9fr)', sortBy: 'vendor', Cell: Model },
  { key: 'firmware', width: 'minmax(100px, 0.4fr)', sortBy: 'firmware', Cell: Firmware },
  { key: 'ocpp', width: '62px', sortBy: 'ocpp', Cell: Ocpp },
  { key: 'connectors', width: 'minmax(242px, 1.2fr)', Cell: Connectors },
  { key: 'session', width: 'minmax(230px, 0.9fr)', Cell: RunningSession },
  { key: 'tags', width: 'minmax(84px, 0.6fr)', Cell: Tags },
  { key: 'seen', width: '126px', sortBy: 'seen', end: true, Cell: Seen },
];
