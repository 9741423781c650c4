import type { NewIdToken } from '../../charge-points/id-tokens/id-tokens.ts';
import { isoTime, parseTime } from '../time.ts';
import type { IdTokenBody } from './id-tokens.schemas.ts';

/** With what is left out as it is by default. */
export const completeIdToken = (idToken: string, body: IdTokenBody): NewIdToken => ({
  idToken,
  type: body.type ?? 'ISO14443',
  status: body.status ?? 'Accepted',
  expiresAt: body.expiresAt == null ? null : isoTime(parseTime(body.expiresAt, 'expiresAt')),
  groupIdToken: body.groupIdToken ?? null,
  concurrentLimit: body.concurrentLimit === undefined ? 1 : body.concurrentLimit,
  language: body.language ?? null,
  note: body.note ?? null,
});
