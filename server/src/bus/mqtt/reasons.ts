/** What brokers answer with, in words. @see MQTT 5.0, 2.4 and the reason codes of each packet */
const REASONS: ReadonlyMap<number, string> = new Map([
  [0x80, 'no reason given'],
  [0x81, 'malformed packet'],
  [0x82, 'protocol error'],
  [0x83, 'an error of the broker’s own'],
  [0x84, 'it does not speak MQTT 5'],
  [0x85, 'client identifier not valid'],
  [0x86, 'bad user name or password'],
  [0x87, 'not authorised'],
  [0x88, 'broker unavailable'],
  [0x89, 'broker busy'],
  [0x8a, 'banned'],
  [0x8b, 'broker shutting down'],
  [0x8d, 'keep alive timeout'],
  [0x8e, 'another client took over with the same identifier'],
  [0x8f, 'topic filter not valid'],
  [0x90, 'topic name not valid'],
  [0x93, 'too many messages on the way'],
  [0x95, 'packet too large'],
  [0x96, 'message rate too high'],
  [0x97, 'quota exceeded'],
  [0x98, 'administrative action'],
  [0x9c, 'use another broker'],
  [0x9d, 'broker moved'],
  [0x9e, 'it does not offer shared subscriptions'],
  [0x9f, 'too many connections at once'],
  [0xa0, 'maximum connect time'],
  [0xa2, 'it does not offer wildcard subscriptions'],
]);

/** What the client reports by name. */
const FAULTS: ReadonlyMap<string, string> = new Map([
  ['AWS_IO_SOCKET_CONNECTION_REFUSED', 'connection refused'],
  ['AWS_IO_SOCKET_TIMEOUT', 'no answer in time'],
  ['AWS_IO_SOCKET_NO_ROUTE_TO_HOST', 'no route to it'],
  ['AWS_IO_SOCKET_NETWORK_DOWN', 'the network is down'],
  ['AWS_IO_SOCKET_CLOSED', 'it closed the connection'],
  ['AWS_ERROR_MQTT_UNEXPECTED_HANGUP', 'it closed the connection'],
  ['AWS_IO_DNS_INVALID_NAME', 'its name is not known'],
  ['AWS_IO_DNS_QUERY_FAILED', 'its name could not be looked up'],
  ['AWS_IO_DNS_NO_ADDRESS_FOR_HOST', 'its name has no address'],
  ['AWS_ERROR_MQTT_TIMEOUT', 'no answer in time'],
  ['AWS_ERROR_MQTT5_CONNACK_TIMEOUT', 'no answer in time'],
  ['AWS_ERROR_MQTT5_PING_RESPONSE_TIMEOUT', 'it does not answer pings'],
  ['AWS_IO_TLS_NEGOTIATION_TIMEOUT', 'no TLS answer in time'],
  [
    'AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE',
    'TLS failed: its certificate is not trusted or not for this name (MQTT_CA), or it does not trust ours (MQTT_CERT)',
  ],
  [
    'AWS_ERROR_HTTP_WEBSOCKET_UPGRADE_FAILURE',
    'it refuses the WebSocket: credentials that are wrong, expired or of another region, or a wrong clock on this machine',
  ],
  ['AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN', 'TLS failed: its certificate is not trusted (MQTT_CA)'],
  ['AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE', 'TLS failed: its certificate is not trusted (MQTT_CA)'],
  ['AWS_IO_TLS_HOST_NAME_MISMATCH', 'TLS failed: its certificate is for another name'],
]);

export const isFailure = (reasonCode: number): boolean => reasonCode >= 0x80;

export const reasonInWords = (reasonCode: number): string =>
  REASONS.get(reasonCode) ?? `reason code 0x${reasonCode.toString(16)}`;

/** What was asked for when the broker answered with a reason code. */
export type Asked = { kind: 'connect' | 'stay' } | { kind: 'subscribe' | 'publish'; topic: string };
export type ReasonWords = (reasonCode: number, asked: Asked) => string;

/** @param fault what the client throws or reports: an error with a name, or only its text */
export function faultInWords(fault: unknown): string {
  const named = typeof fault === 'object' && fault !== null ? (fault as { error_name?: unknown }).error_name : null;
  const text = typeof named === 'string' ? named : fault instanceof Error ? fault.message : String(fault);
  const name = /\bAWS_[A-Z0-9_]+/.exec(text)?.[0];
  return (name === undefined ? undefined : FAULTS.get(name)) ?? text.slice(0, 200);
}
