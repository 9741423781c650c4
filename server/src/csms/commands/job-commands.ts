import { beginsJob, locationOf } from '../../charge-points/jobs/job-record.ts';
import type { Jobs } from '../../charge-points/jobs/jobs.ts';
import type { TransferLinks } from '../../charge-points/transfers/transfer-links.ts';
import type { CommandRecord } from './command-record.ts';

interface JobDeps {
  jobs: Pick<Jobs, 'begin'>;
  transferLinks: Pick<TransferLinks, 'findIn' | 'bind'>;
}

/** A firmware update or log upload is known before the charge point hears of it: its first report may overtake its answer. */
export async function beginJob({ jobs, transferLinks }: JobDeps, record: CommandRecord): Promise<void> {
  const { id, thingName, protocol, action, payload, maskedPayload, sentBy } = record;
  if (!beginsJob(action)) return;
  const link = await transferLinks.findIn(locationOf(payload) ?? '', thingName);
  const firmwareFileId = link?.firmwareFileId ?? null;
  await jobs.begin({ id, thingName, protocol, action, request: maskedPayload, requestedBy: sentBy, firmwareFileId });
  if (link !== null) await transferLinks.bind(link.digest, id);
}

export async function endJobUnanswered(jobs: Pick<Jobs, 'answered'>, record: CommandRecord): Promise<void> {
  const { id, action, status, error } = record;
  if (!beginsJob(action)) return;
  if (status === 'timeout') await jobs.answered(id, 'NotAnswered');
  else if (error?.code === 'ConnectionClosed') await jobs.answered(id, 'NotSent', error.description);
  else if (error !== null) await jobs.answered(id, 'Refused', `${error.code}: ${error.description}`);
}
