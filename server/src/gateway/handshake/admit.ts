import type { RefusalReason } from '@cpo-console/shared/message-log/log-row.ts';
import { THING_NAME } from '../../bus/topics.ts';
import type { ClientCertificate } from '../../registry/client-certificate.ts';
import type { Admission, Registry } from '../../registry/registry.ts';
import type { AttemptLimit } from './attempt-limit.ts';
import { parseBasicCredentials } from './basic-credentials.ts';

export type AdmissionOutcome =
  | Pick<Extract<Admission, { admitted: true }>, 'admitted' | 'credential'>
  | { admitted: false; status: number; reason: RefusalReason };

const STATUS: Record<string, number> = { 'not-registered': 404 };

/** May this identity connect? Credentials are checked before the upgrade, on every listener. */
export function admit(
  request: {
    identity: string;
    authorization: string | undefined;
    certificate: ClientCertificate | null;
    now: number;
  },
  { registry, attempts }: { registry: Registry; attempts: AttemptLimit },
): AdmissionOutcome {
  if (!THING_NAME.test(request.identity)) return { admitted: false, status: 404, reason: 'bad-identity' };
  const admission = registry.admit(request.identity, parseBasicCredentials(request.authorization), request.certificate);
  if (admission.admitted) return admission;
  if (!attempts.allowsFailure(request.identity, request.now)) {
    return { admitted: false, status: 429, reason: 'too-many-attempts' };
  }
  return { admitted: false, status: STATUS[admission.reason] ?? 401, reason: admission.reason };
}
