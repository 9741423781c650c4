import type { ChangedRecords } from '@cpo-console/shared/api/stream.ts';
import type { Records } from '../charge-points/records.ts';

/** A store that tells whose records have changed. */
export interface ChangingStore {
  onChange(listener: (thingName: string) => void): () => void;
}

export type ChangingRecords = Pick<
  Records,
  | 'jobs'
  | 'securityEvents'
  | 'eventStreams'
  | 'variables'
  | 'variableReports'
  | 'chargingProfiles'
  | 'chargingReports'
  | 'reservations'
  | 'localLists'
  | 'unknownTokens'
>;

/** Those whose changes pages are told of by name only. */
export const changingStores = (
  records: ChangingRecords,
): Record<ChangedRecords['records'], readonly ChangingStore[]> => ({
  firmware: [records.jobs],
  'security-events': [records.securityEvents],
  'event-streams': [records.eventStreams],
  variables: [records.variables, records.variableReports],
  'charging-profiles': [records.chargingProfiles],
  'charging-reports': [records.chargingReports],
  reservations: [records.reservations],
  'local-list': [records.localLists],
  'unknown-tokens': [records.unknownTokens],
});
