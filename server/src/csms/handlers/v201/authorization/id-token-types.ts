import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';

type IdTokenInfo = NonNullable<Messages['Authorize']['response']>['idTokenInfo'];
type IdTokenType = NonNullable<IdTokenInfo['groupIdToken']>['type'];

/** Of OCPP 2.0.1. */
export const ID_TOKEN_TYPES = {
  known: new Set<string>(['Central', 'eMAID', 'ISO14443', 'ISO15693', 'KeyCode', 'Local', 'MacAddress']),
  own: 'Central' satisfies IdTokenType,
  maxLength: 36,
} as const;
