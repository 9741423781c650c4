import type { LogEvent } from '@cpo-console/shared/message-log/log-row.ts';

export type ConnectionEnd = LogEvent['disconnected'];

/** What `ws` closes with where a peer breaks the protocol in another way than 1002 says. @see RFC 6455 §7.4.1 */
const CLOSE_CODES: ReadonlyMap<string, number> = new Map([
  ['WS_ERR_INVALID_UTF8', 1007],
  ['WS_ERR_TOO_MANY_BUFFERED_PARTS', 1008],
  ['WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH', 1009],
  ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 1009],
]);
const PROTOCOL_ERROR = 1002;
/** The connection broke without a word. */
const ABNORMAL = 1006;

export function endByFault(error: Error & { code?: string }): ConnectionEnd {
  const name = error.code ?? '';
  const code = name.startsWith('WS_ERR_') ? (CLOSE_CODES.get(name) ?? PROTOCOL_ERROR) : ABNORMAL;
  return { code, reason: error.message };
}
