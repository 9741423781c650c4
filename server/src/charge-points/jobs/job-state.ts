import type { JobState } from '@cpo-console/shared/api/jobs.ts';

/** How a request of ours ended before the charge point reported anything. All other statuses are OCPP's own words. */
export const REQUESTED = 'Requested';
export type Unanswered = 'NotAnswered' | 'Refused' | 'NotSent' | 'NothingToUpload';

const WAITING: ReadonlySet<string> = new Set([REQUESTED, 'Accepted', 'DownloadScheduled', 'InstallScheduled']);
const SUCCEEDED: ReadonlySet<string> = new Set(['Installed', 'Uploaded', 'Published', 'Unpublished']);
const FAILED: ReadonlySet<string> = new Set([
  // Instead of beginning
  'NotAnswered',
  'Refused',
  'NotSent',
  'NothingToUpload',
  'Rejected',
  'InvalidCertificate',
  'RevokedCertificate',
  // Firmware
  'DownloadFailed',
  'InstallationFailed',
  'InstallVerificationFailed',
  'InvalidSignature',
  'InvalidChecksum',
  'PublishFailed',
  // Logs
  'UploadFailed',
  'UploadFailure',
  'BadMessage',
  'NotSupportedOperation',
  'PermissionDenied',
  'AcceptedCanceled',
]);

/** A status that nobody has heard of is one on the way. */
export function jobState(status: string): JobState {
  if (WAITING.has(status)) return 'waiting';
  if (SUCCEEDED.has(status)) return 'succeeded';
  return FAILED.has(status) ? 'failed' : 'running';
}

export function hasEnded(status: string): boolean {
  const state = jobState(status);
  return state === 'succeeded' || state === 'failed';
}
