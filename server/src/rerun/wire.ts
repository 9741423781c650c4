import { decodeFrame } from '@cpo-console/shared/ocpp-j/decode-frame.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { WebSocket } from 'ws';
import type { Answer } from './step.ts';

export type Heard = Answer | { kind: 'silence' } | { kind: 'closed' };

/** One open connection, as the charge point has it. */
export interface Wire {
  ask(request: { action: string; payload: unknown; patienceMs: number }): Promise<Heard>;
  say(text: string): void;
  readonly open: boolean;
  close(): Promise<void>;
}

export interface WireOptions {
  socket: WebSocket;
  protocol: OcppVersion;
  newId: () => string;
  /** null: no answer. */
  onCommand(action: string, payload: unknown): Answer | null;
}

const CLOSE_WITHIN_MS = 2_000;

export function createWire({ socket, protocol, newId, onCommand }: WireOptions): Wire {
  const waiting = new Map<string, (heard: Heard) => void>();
  const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>();
  const isOpen = (): boolean => socket.readyState === socket.OPEN;

  const say = (text: string): void => {
    if (isOpen()) socket.send(text);
  };

  const answer = (messageId: string, said: Answer | null): void => {
    if (said === null) return;
    if (said.kind === 'result') say(JSON.stringify([3, messageId, said.payload]));
    else say(JSON.stringify([4, messageId, said.code, said.description, said.details]));
  };

  socket.on('message', (data, isBinary) => {
    const decoded = isBinary ? null : decodeFrame(data.toString(), protocol);
    if (!decoded?.ok) return;
    const { frame } = decoded;
    if (frame.kind === 'call') answer(frame.messageId, onCommand(frame.action, frame.payload));
    else if (frame.kind === 'result' || frame.kind === 'error') waiting.get(frame.messageId)?.(frame);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const settle of waiting.values()) settle({ kind: 'closed' });
    onClosed();
  });
  socket.resume();

  return {
    get open() {
      return isOpen();
    },
    say,
    ask({ action, payload, patienceMs }) {
      if (!isOpen()) return Promise.resolve({ kind: 'closed' });
      const messageId = newId();
      return new Promise((resolve) => {
        const settle = (heard: Heard): void => {
          clearTimeout(timer);
          waiting.delete(messageId);
          resolve(heard);
        };
        const timer = setTimeout(() => settle({ kind: 'silence' }), patienceMs);
        waiting.set(messageId, settle);
        say(JSON.stringify([2, messageId, action, payload]));
      });
    },
    async close() {
      socket.close(1000);
      const timer = setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}
