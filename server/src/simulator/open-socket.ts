import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { WebSocket } from 'ws';

export type OpenOutcome =
  | { kind: 'open'; socket: WebSocket }
  /** The server answered the handshake with something else than 101. */
  | { kind: 'refused'; status: number }
  | { kind: 'no-common-protocol' }
  /** Only asked for by whoever must not connect as a real charge point. */
  | { kind: 'not-a-sandbox' }
  | { kind: 'unreachable'; reason: string };

/** @see sandbox-only.ts of the gateway, which answers it */
const SANDBOX_HEADER = 'x-cpo-console-sandbox';

export interface OpenRequest {
  url: string;
  id: string;
  protocol: OcppVersion;
  /** Raw bytes: a 1.6 key need not be UTF-8. */
  password: Buffer | null;
  signal: AbortSignal;
  /** Connects only where the server says that this charge point is one that nobody drives to. */
  sandboxOnly?: boolean;
}

/** Connects as a charge point does. Never throws: what can go wrong is an outcome. */
export function openSocket(options: OpenRequest): Promise<OpenOutcome> {
  const { url, id, protocol, password, signal, sandboxOnly = false } = options;
  const { promise, resolve } = Promise.withResolvers<OpenOutcome>();
  const headers = {
    ...(password !== null && { Authorization: basicCredentials(id, password) }),
    ...(sandboxOnly && { [SANDBOX_HEADER]: 'required' }),
  };
  let isSandbox = false;
  const socket = new WebSocket(chargePointUrl(url, id), [protocol], {
    headers,
    handshakeTimeout: 10_000,
    perMessageDeflate: false,
    maxPayload: 1024 * 1024,
  });
  const cancel = () => socket.terminate();
  signal.addEventListener('abort', cancel, { once: true });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.message === 'Server sent no subprotocol') resolve({ kind: 'no-common-protocol' });
    else resolve({ kind: 'unreachable', reason: error.code ?? error.message });
  });
  socket.on('unexpected-response', (_request, response) => {
    response.resume();
    if (sandboxOnly && response.statusCode === 412) resolve({ kind: 'not-a-sandbox' });
    else resolve({ kind: 'refused', status: response.statusCode ?? 0 });
    socket.terminate();
  });
  socket.on('upgrade', (response) => {
    isSandbox = response.headers[SANDBOX_HEADER] === 'yes';
  });
  socket.on('open', () => {
    if (sandboxOnly && !isSandbox) {
      socket.close(1000);
      resolve({ kind: 'not-a-sandbox' });
      return;
    }
    // Frames that arrive with the handshake wait until their listener is there.
    socket.pause();
    resolve({ kind: 'open', socket });
  });
  return promise.finally(() => signal.removeEventListener('abort', cancel));
}

/** `ws://host/ocpp` → `ws://host/ocpp/<identity>`. */
export function chargePointUrl(url: string, id: string): string {
  return `${url.replace(/\/+$/, '')}/${encodeURIComponent(id)}`;
}

function basicCredentials(id: string, password: Buffer): string {
  return `Basic ${Buffer.concat([Buffer.from(`${id}:`), password]).toString('base64')}`;
}
