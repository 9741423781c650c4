import type { RefusalReason } from '@cpo-console/shared/message-log/log-row.ts';

/** What OpenSSL says of a handshake that came to nothing, and what it means for whoever sets the charge point up. */
const REASONS: readonly [RegExp, RefusalReason][] = [
  [/^ERR_SSL_HTTP_REQUEST$/, 'tls-not-spoken'],
  [/^ERR_SSL_(UNSUPPORTED_PROTOCOL|UNKNOWN_PROTOCOL|VERSION_TOO_LOW|WRONG_VERSION_NUMBER)$/, 'tls-version'],
  [/^ERR_SSL_(NO_SHARED_CIPHER|NO_SUITABLE_SIGNATURE_ALGORITHM|NO_SUITABLE_KEY_SHARE|NO_SHARED_GROUP)/, 'tls-suites'],
  [/^ERR_SSL_.*ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_|UNSUPPORTED_CERTIFICATE)/, 'tls-distrusted'],
  [/^ERR_TLS_HANDSHAKE_TIMEOUT$/, 'tls-timeout'],
];

/** null for one that just hung up, as what watches a port does every few seconds. */
export function handshakeFailure(code: string | undefined): RefusalReason | null {
  if (code === undefined || code === 'ECONNRESET' || code === 'EPIPE') return null;
  return REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? 'tls-failed';
}
