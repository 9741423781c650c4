import type { Thing } from '@cpo-console/shared/api/things.ts';
import { toCsv } from '../../../lib/csv.ts';
import { connectorsOf } from '../../../lib/station-view.ts';

const HEADER = [
  'thingName',
  'state',
  'vendor',
  'model',
  'firmware',
  'serial',
  'protocol',
  'connectors',
  'lastSeenAt',
  'tags',
];

export function thingsCsv(things: Thing[]): string {
  const rows = things.map((thing) => {
    const station = thing.state.chargingStation;
    return [
      thing.thingName,
      thing.overall,
      station?.vendorName ?? '',
      station?.model ?? '',
      station?.firmwareVersion ?? '',
      station?.serialNumber ?? '',
      thing.protocol ?? '',
      connectorsOf(thing)
        .map((connector) => `${connector.label} ${connector.status}`)
        .join('; '),
      thing.lastSeenAt ?? '',
      thing.tags.join(' '),
    ];
  });
  return toCsv(HEADER, rows);
}
