import { expect, it } from 'vitest';
import { clauseOf } from './clause.ts';

it.each([
  [
    { version: 'ocpp1.6', action: 'Authorize', half: 'request', rule: 'maxLength' },
    'OCPP 1.6, chapter 6, Authorize.req',
  ],
  [{ version: 'ocpp1.6', action: 'Reset', half: 'response', rule: 'enum' }, 'OCPP 1.6, chapter 6, Reset.conf'],
  [
    { version: 'ocpp1.6', action: 'SecurityEventNotification', half: 'request', rule: 'required' },
    'OCPP 1.6 security whitepaper, SecurityEventNotification.req',
  ],
  [
    { version: 'ocpp2.0.1', action: 'TransactionEvent', half: 'request', rule: 'format' },
    'OCPP 2.0.1 part 2, TransactionEventRequest',
  ],
  [{ version: 'ocpp2.1', action: 'Reset', half: 'response', rule: 'type' }, 'OCPP 2.1 part 2, ResetResponse'],
  [{ version: 'ocpp1.6', action: null, half: 'request', rule: 'ocpp-j' }, 'OCPP-J 1.6, 4.2'],
  [{ version: 'ocpp2.0.1', action: null, half: 'request', rule: 'ocpp-j' }, 'OCPP 2.0.1 part 4, 4.2'],
] as const)('%o stands in %s', (broken, clause) => {
  expect(clauseOf(broken)).toBe(clause);
});
