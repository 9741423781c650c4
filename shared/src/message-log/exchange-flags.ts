import { listOf, membersOf, textOf } from '../projection/read-payload.ts';
import { type Exchange, violationCount } from './exchanges.ts';

/** What is remarkable about an exchange, the worst first. */
export const EXCHANGE_FLAGS = ['unanswered', 'refused', 'late', 'orphan', 'repeated-id', 'violated'] as const;
export type ExchangeFlag = (typeof EXCHANGE_FLAGS)[number];

/** How long an answer may take where the log does not know how long the caller waited. */
export const ANSWER_LIMIT_MS = 30_000;

interface Seen {
  now: number;
  /** What its answer says it came to, see statusOf. */
  status: string | null;
}

export function flagsOf(exchange: Exchange, { now, status }: Seen): ExchangeFlag[] {
  const { call, answer } = exchange;
  const holds: Record<ExchangeFlag, boolean> = {
    unanswered: call !== null && answer === null && now - Date.parse(call.at) > ANSWER_LIMIT_MS,
    refused: answer?.kind === 'error' || (answer !== null && status !== null && isRefusal(status)),
    late: isLate(exchange),
    orphan: isOrphan(exchange),
    'repeated-id': call?.repeatsId === true,
    violated: violationCount(exchange) > 0,
  };
  return EXCHANGE_FLAGS.filter((flag) => holds[flag]);
}

/** The log keeps how long the caller waited for an answer, and nothing when it had given up. */
function isLate({ call, answer }: Exchange): boolean {
  if (call === null || answer === null) return false;
  return answer.latencyMs === undefined || (answer.direction === 'out' && answer.latencyMs > ANSWER_LIMIT_MS);
}

/** An answer that nobody waited for. OCPP 2.1's CALLRESULTERROR answers an answer, and is none. */
function isOrphan({ call, answer, other }: Exchange): boolean {
  if (answer === null || call !== null || other !== null || answer.frame.startsWith('[5')) return false;
  return answer.partnerId === null || (answer.partnerId === undefined && answer.latencyMs === undefined);
}

/** Answers that say no, or that it did not work, in any version's words. */
const REFUSALS = new Set([
  'Rejected',
  'Failed',
  'Faulted',
  'Occupied',
  'Unavailable',
  'NotSupported',
  'NotImplemented',
  'NotEnabled',
  'NotFound',
  'NotAllowedTypeEVSE',
  'NotAtThisLocation',
  'NotAtThisTime',
  'NoTransaction',
  'NoCredit',
  'Unknown',
  'Invalid',
  'Blocked',
  'Expired',
  'ConcurrentTx',
  'UnlockFailed',
  'OngoingAuthorizedTransaction',
  'UnsupportedRequest',
  'UnsupportedParam',
  'UnsupportedMonitorType',
  'UnknownComponent',
  'UnknownVariable',
  'UnknownConnector',
  'UnknownMessageId',
  'UnknownVendorId',
  'NotSupportedAttributeType',
  'OutOfRange',
  'Duplicate',
  'DuplicateProfile',
  'DuplicateRequestId',
  'VersionMismatch',
  'InvalidCertificate',
  'RevokedCertificate',
  'CertificateExpired',
  'CertificateRevoked',
  'CertChainError',
  'ContractCancelled',
  'NoCertificateAvailable',
  'InvalidSignature',
  'SignatureError',
  'WriteOnly',
  'NoProfile',
  'InvalidProfile',
  'InvalidSchedule',
  'TxNotFound',
]);

export const isRefusal = (status: string): boolean => REFUSALS.has(status);

/** Lists that hold a status for each thing that was asked for. */
const LISTS = ['setVariableResult', 'getVariableResult', 'setMonitoringResult', 'clearMonitoringResult'];

/** The word that an answer's payload sums up with; of several the first refusal. */
export function statusOf(payload: unknown): string | null {
  const members = membersOf(payload);
  const single =
    textOf(members.status) ??
    textOf(membersOf(members.idTagInfo).status) ??
    textOf(membersOf(members.idTokenInfo).status);
  if (single !== null) return single;
  for (const list of LISTS) {
    const words = listOf(members[list]).map((each) => {
      const { attributeStatus, status } = membersOf(each);
      return textOf(attributeStatus) ?? textOf(status);
    });
    const refusal = words.find((word) => word !== null && isRefusal(word));
    if (refusal !== undefined) return refusal;
  }
  return null;
}
