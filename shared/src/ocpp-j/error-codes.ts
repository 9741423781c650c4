import { OCPP_ERROR_CODES, type OcppErrorCode, type OcppVersion } from './frame.ts';

/**
 * Our names of the RPC errors → their spelling on a 1.6 wire. `Occurence…` is what the specification says.
 * The last two do not exist in 1.6; they are sent as what comes nearest.
 * @see OCPP-J 1.6 §4.2.3
 */
const SPELLING_16: Record<OcppErrorCode, string> = {
  NotImplemented: 'NotImplemented',
  NotSupported: 'NotSupported',
  InternalError: 'InternalError',
  ProtocolError: 'ProtocolError',
  SecurityError: 'SecurityError',
  FormatViolation: 'FormationViolation',
  PropertyConstraintViolation: 'PropertyConstraintViolation',
  OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
  TypeConstraintViolation: 'TypeConstraintViolation',
  GenericError: 'GenericError',
  MessageTypeNotSupported: 'NotSupported',
  RpcFrameworkError: 'ProtocolError',
};

const BY_SPELLING: ReadonlyMap<string, OcppErrorCode> = new Map<string, OcppErrorCode>([
  ...OCPP_ERROR_CODES.map((code): [string, OcppErrorCode] => [code, code]),
  ['FormationViolation', 'FormatViolation'],
  ['OccurenceConstraintViolation', 'OccurrenceConstraintViolation'],
]);

/** Every spelling that a CALLERROR may carry, in any version. */
export const ERROR_CODE_SPELLINGS: readonly string[] = [...BY_SPELLING.keys()];

/** How `code` is written in a CALLERROR of that version. */
export function wireErrorCode(code: OcppErrorCode, version: OcppVersion): string {
  return version === 'ocpp1.6' ? SPELLING_16[code] : code;
}

/** What a peer's error code means, in any version's spelling; null for one that no version knows. */
export function readErrorCode(text: string): OcppErrorCode | null {
  return BY_SPELLING.get(text) ?? null;
}
