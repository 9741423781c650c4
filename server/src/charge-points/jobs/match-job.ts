import type { JobRow } from '../../database/tables/jobs.tables.ts';
import { hasEnded } from './job-state.ts';

/** After its end a job may still be heard of: a last status is repeated, a failed download tried again. */
const AFTER_THE_END_MS = 3_600_000;

export interface Reported {
  actions: readonly string[];
  requestId: number | null;
  status: string;
  now: number;
}

type Candidate = Pick<JobRow, 'id' | 'action' | 'request_id' | 'status' | 'updated_at'>;

/**
 * The job that a status belongs to. With a request id it is the one with that id. Without one, as in plain 1.6, it is the
 * newest that goes on, then the newest that ended a short while ago. `unasked`: the charge point began by itself.
 * Idle says that there is nothing to do, so it begins no job.
 * @param candidates newest first
 */
export function matchJob<Job extends Candidate>(
  candidates: readonly Job[],
  { actions, requestId, status, now }: Reported,
): Job | 'unasked' | 'nothing' {
  const found =
    requestId === null
      ? newestWithoutId(candidates, actions, now)
      : candidates.find(({ request_id }) => request_id === requestId);
  return found ?? (status === 'Idle' ? 'nothing' : 'unasked');
}

function newestWithoutId<Job extends Candidate>(
  candidates: readonly Job[],
  actions: readonly string[],
  now: number,
): Job | undefined {
  const open = candidates.filter(({ status }) => !hasEnded(status));
  for (const action of actions) {
    const newest = open.find((job) => job.action === action);
    if (newest !== undefined) return newest;
  }
  return candidates.find(({ updated_at }) => now - updated_at < AFTER_THE_END_MS);
}
