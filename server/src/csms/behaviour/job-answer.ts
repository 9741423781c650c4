import { membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Jobs } from '../../charge-points/jobs/jobs.ts';
import type { CommandResult } from '../commands/create-command-service.ts';
import { statusInfoText } from './job-status.ts';

interface Deps {
  jobs: Pick<Jobs, 'answered' | 'unpublished'>;
}

type Answer = Pick<CommandResult, 'commandId' | 'thingName' | 'request' | 'response'>;

/**
 * The answer to UpdateFirmware, SignedUpdateFirmware, PublishFirmware or GetLog, which begins the job or refuses it. 1.6
 * UpdateFirmware has an empty one.
 * @see OCPP 2.0.1 part 2, L01, L03 and N01; OCPP 1.6 §6.19
 */
export function takeJobAnswer({ jobs }: Deps, { commandId, response }: Answer): Promise<void> {
  const { status, filename, statusInfo } = membersOf(response);
  const info = statusInfoText(statusInfo) ?? textOf(filename);
  // It takes this one on, and gives up the one before.
  if (status === 'AcceptedCanceled') return jobs.answered(commandId, 'Accepted', info ?? 'AcceptedCanceled');
  return jobs.answered(commandId, textOf(status) ?? 'Accepted', info);
}

/** Without a file name there is nothing to upload. @see OCPP 1.6 §5.10 */
export function takeDiagnosticsAnswer({ jobs }: Deps, { commandId, response }: Answer): Promise<void> {
  const fileName = textOf(membersOf(response).fileName);
  return jobs.answered(commandId, fileName === null ? 'NothingToUpload' : 'Accepted', fileName);
}

/** @see OCPP 2.0.1 part 2, L04 */
export async function takeUnpublished({ jobs }: Deps, { thingName, request, response }: Answer): Promise<void> {
  const checksum = textOf(membersOf(request).checksum);
  const { status } = membersOf(response);
  if (checksum !== null && (status === 'Unpublished' || status === 'NoFirmware'))
    await jobs.unpublished(thingName, checksum);
}
