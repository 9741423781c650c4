import type { Job, JobKind, JobStep } from '@cpo-console/shared/api/jobs.ts';
import { integerOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { JobHistoryRow, JobRow } from '../../database/tables/jobs.tables.ts';
import { jobState } from './job-state.ts';

const MAX_URL = 2_000;

const KINDS: ReadonlyMap<string, JobKind> = new Map<string, JobKind>([
  ['UpdateFirmware', 'firmware'],
  ['SignedUpdateFirmware', 'firmware'],
  ['PublishFirmware', 'publish-firmware'],
  ['GetDiagnostics', 'log'],
  ['GetLog', 'log'],
]);

/** Whether sending an action begins a job. */
export const beginsJob = (action: string): boolean => KINDS.has(action);

/** The actions whose jobs are of this kind. */
export const actionsOf = (kind: JobKind): string[] =>
  [...KINDS].flatMap(([action, each]) => (each === kind ? [action] : []));

export const requestIdOf = (request: unknown): number | null => integerOf(membersOf(request).requestId);

/** Where the charge point is to fetch or put the file, in any of the actions. */
export function locationOf(request: unknown): string | null {
  const { location, firmware, log } = membersOf(request);
  const url = location ?? membersOf(firmware).location ?? membersOf(log).remoteLocation;
  return textOf(url, MAX_URL);
}

export function toJob(row: JobRow, history: readonly JobHistoryRow[]): Job {
  const request: unknown = row.request === null ? null : JSON.parse(row.request);
  return {
    id: row.id,
    thingName: row.thing_name,
    kind: KINDS.get(row.action) ?? 'log',
    action: row.action,
    requestId: row.request_id,
    requestedBy: row.requested_by,
    request,
    location: locationOf(request),
    firmwareFileId: row.firmware_file_id,
    status: row.status,
    state: jobState(row.status),
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    history: history.map(toStep),
  };
}

const toStep = ({ at, status, source, info }: JobHistoryRow): JobStep => ({
  at: new Date(at).toISOString(),
  status,
  source: source === 'console' ? 'console' : 'charge-point',
  info,
});
