import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';

type IdTokenInfo = NonNullable<Messages['Authorize']['response']>['idTokenInfo'];
type IdTokenType = NonNullable<IdTokenInfo['groupIdToken']>['type'];

/** Of OCPP 2.1. */
export const ID_TOKEN_TYPES = {
  known: new Set<string>([
    'Central',
    'DirectPayment',
    'eMAID',
    'EVCCID',
    'ISO14443',
    'ISO15693',
    'KeyCode',
    'Local',
    'MacAddress',
    'VIN',
  ]),
  own: 'Central' satisfies IdTokenType,
  maxLength: 255,
} as const;
