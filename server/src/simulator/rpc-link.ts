import { decodeFrame } from '@cpo-console/shared/ocpp-j/decode-frame.ts';
import { encodeCall, encodeError, encodeResult } from '@cpo-console/shared/ocpp-j/encode-frame.ts';
import type { OcppErrorCode, OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { WebSocket } from 'ws';
import { asPayload, type Payload } from './wire-values.ts';

export type CallOutcome =
  | { kind: 'answered'; payload: Payload }
  | { kind: 'refused'; code: string; description: string }
  | { kind: 'timed-out' }
  | { kind: 'closed' };

/** What a charge point says to a command, and what it does once that has been sent. */
export type Reply =
  | { kind: 'result'; payload: Payload; then?: () => void }
  | { kind: 'error'; code: OcppErrorCode; description: string };

/** One open connection. Calls go out one at a time; the peer's calls are answered meanwhile. */
export interface RpcLink {
  call(action: string, payload: Payload): Promise<CallOutcome>;
  readonly closed: Promise<void>;
  close(): void;
}

export interface RpcLinkOptions {
  socket: WebSocket;
  version: OcppVersion;
  newId: () => string;
  answer: (action: string, payload: Payload) => Reply;
  onFrame: (direction: 'sent' | 'received', text: string) => void;
  callTimeoutMs: number;
}

export function createRpcLink(options: RpcLinkOptions): RpcLink {
  const { socket, version, newId, answer, onFrame, callTimeoutMs } = options;
  let waiting: { messageId: string; settle: (outcome: CallOutcome) => void } | null = null;
  let lastCall: Promise<unknown> = Promise.resolve();

  function transmit(text: string): void {
    if (socket.readyState !== socket.OPEN) return;
    onFrame('sent', text);
    socket.send(text);
  }

  function settle(messageId: string, outcome: CallOutcome): void {
    if (waiting?.messageId !== messageId) return;
    waiting.settle(outcome);
  }

  function exchange(action: string, payload: Payload): Promise<CallOutcome> {
    if (socket.readyState !== socket.OPEN) return Promise.resolve({ kind: 'closed' });
    const messageId = newId();
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(messageId, { kind: 'timed-out' }), callTimeoutMs);
      waiting = {
        messageId,
        settle(outcome) {
          clearTimeout(timer);
          waiting = null;
          resolve(outcome);
        },
      };
      transmit(encodeCall(messageId, action, payload));
    });
  }

  function serve(messageId: string, action: string, payload: unknown): void {
    const reply = answer(action, asPayload(payload));
    if (reply.kind === 'error') {
      transmit(encodeError({ messageId, code: reply.code, description: reply.description }, version));
      return;
    }
    transmit(encodeResult(messageId, reply.payload));
    reply.then?.();
  }

  function receive(text: string): void {
    onFrame('received', text);
    const decoded = decodeFrame(text, version);
    if (!decoded.ok) {
      if (decoded.answer) transmit(encodeError({ ...decoded.answer, description: decoded.defect }, version));
      return;
    }
    const { frame } = decoded;
    if (frame.kind === 'call') serve(frame.messageId, frame.action, frame.payload);
    else if (frame.kind === 'result') settle(frame.messageId, { kind: 'answered', payload: asPayload(frame.payload) });
    else if (frame.kind === 'error') {
      settle(frame.messageId, { kind: 'refused', code: frame.code, description: frame.description });
    }
  }

  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      waiting?.settle({ kind: 'closed' });
      resolve();
    });
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary) receive(data.toString());
  });

  return {
    call(action, payload) {
      const outcome = lastCall.then(() => exchange(action, payload));
      lastCall = outcome;
      return outcome;
    },
    closed,
    close() {
      socket.close(1000);
      // A peer that does not finish the closing handshake must not hold us back.
      setTimeout(() => socket.terminate(), 2_000).unref();
    },
  };
}
