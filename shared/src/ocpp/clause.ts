import type { OcppVersion } from '../ocpp-j/frame.ts';
import { ACTIONS } from './actions.ts';

interface Broken {
  version: OcppVersion;
  action: string | null;
  /** Which of an exchange's halves. */
  half: 'request' | 'response';
  /** @see Violation */
  rule: string;
}

/** Where the specification says what a message must look like. */
export function clauseOf({ version, action, half, rule }: Broken): string {
  const number = version.slice('ocpp'.length);
  if (rule === 'ocpp-j' || action === null) {
    return version === 'ocpp1.6' ? 'OCPP-J 1.6, 4.2' : `OCPP ${number} part 4, 4.2`;
  }
  if (version !== 'ocpp1.6') return `OCPP ${number} part 2, ${action}${half === 'request' ? 'Request' : 'Response'}`;
  const message = `${action}.${half === 'request' ? 'req' : 'conf'}`;
  const isSecurity = Object.hasOwn(ACTIONS[version], action) && ACTIONS[version][action]?.block === 'Security';
  return isSecurity ? `OCPP 1.6 security whitepaper, ${message}` : `OCPP 1.6, chapter 6, ${message}`;
}
