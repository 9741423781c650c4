import type { SecurityProfile } from '@cpo-console/shared/api/things.ts';
import type { RefusalReason } from '@cpo-console/shared/message-log/log-row.ts';
import { THING_NAME } from '../../bus/topics.ts';
import type { ClientCertificate } from '../../registry/client-certificate.ts';
import type { Admission, RegisteredThing, Registry } from '../../registry/registry.ts';
import type { AttemptLimit } from './attempt-limit.ts';
import { parseBasicCredentials } from './basic-credentials.ts';

export type AdmissionOutcome =
  | (Pick<Extract<Admission, { admitted: true }>, 'admitted' | 'credential'> & { profile: SecurityProfile })
  | { admitted: false; status: number; reason: RefusalReason };

const STATUS: Record<string, number> = { 'not-registered': 404 };

/** May this identity connect? Credentials are checked before the upgrade, on every listener. */
export function admit(
  request: {
    identity: string;
    authorization: string | undefined;
    certificate: ClientCertificate | null;
    encrypted: boolean;
    now: number;
  },
  { registry, attempts }: { registry: Registry; attempts: AttemptLimit },
): AdmissionOutcome {
  if (!THING_NAME.test(request.identity)) return { admitted: false, status: 404, reason: 'bad-identity' };
  const admission = registry.admit(request.identity, parseBasicCredentials(request.authorization), request.certificate);
  if (admission.admitted) {
    const { thing, credential } = admission;
    const profile = profileOf(thing, request.encrypted);
    // What was asked for once is not given up by whoever can keep TLS away. @see OCPP 2.0.1 part 2, A05
    if (profile < (thing.securityProfile ?? 0)) {
      return { admitted: false, status: 403, reason: 'lower-security-profile' };
    }
    return { admitted: true, credential, profile };
  }
  if (!attempts.allowsFailure(request.identity, request.now)) {
    return { admitted: false, status: 429, reason: 'too-many-attempts' };
  }
  return { admitted: false, status: STATUS[admission.reason] ?? 401, reason: admission.reason };
}

function profileOf({ authType }: RegisteredThing, encrypted: boolean): SecurityProfile {
  switch (authType) {
    case 'certificate':
      return 3;
    case 'basic':
      return encrypted ? 2 : 1;
    default:
      return 0;
  }
}
