import { encodeCall } from '@cpo-console/shared/ocpp-j/encode-frame.ts';
import type { Frame } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { MessageBus } from '../../bus/message-bus.ts';
import type { Presence } from '../../bus/presence.ts';
import { outTopic } from '../../bus/topics.ts';

export type CallOutcome =
  | { kind: 'result'; payload: unknown }
  | { kind: 'error'; code: string; description: string; details: unknown }
  | { kind: 'timeout' };

export interface OutgoingCall {
  thingName: string;
  connectionId: string;
  messageId: string;
  action: string;
  payload: unknown;
  timeoutMs: number;
}

/** Our CALLs that wait for their answers. */
export interface OutstandingCalls {
  /** Publishes the CALL and resolves with how it went. */
  call(call: OutgoingCall): Promise<CallOutcome>;
  answered(thingName: string, frame: Frame): void;
  notCarried(thingName: string, messageId: string, reason: string): void;
  moved(thingName: string, presence: Presence): void;
  /** Gives all of them up. */
  close(): void;
}

interface Waiting {
  call: OutgoingCall;
  settle(outcome: CallOutcome): void;
}

export function createOutstandingCalls(bus: Pick<MessageBus, 'publish'>): OutstandingCalls {
  const waiting = new Map<string, Map<string, Waiting>>();

  function add(call: OutgoingCall, resolve: (outcome: CallOutcome) => void): Waiting {
    const { thingName, messageId } = call;
    const ofThing = waiting.get(thingName) ?? new Map<string, Waiting>();
    waiting.set(thingName, ofThing);
    const timer = setTimeout(() => entry.settle({ kind: 'timeout' }), call.timeoutMs);
    const entry: Waiting = {
      call,
      settle(outcome) {
        clearTimeout(timer);
        const left = waiting.get(thingName);
        left?.delete(messageId);
        if (left?.size === 0) waiting.delete(thingName);
        resolve(outcome);
      },
    };
    ofThing.set(messageId, entry);
    return entry;
  }

  return {
    call: (call) =>
      new Promise((resolve) => {
        const { thingName, messageId, action, payload, timeoutMs: answerWithinMs } = call;
        add(call, resolve);
        const frame = { kind: 'call' as const, messageId, action, payload };
        const inspected = { decoded: { ok: true as const, frame }, violations: [] };
        bus.publish({
          topic: outTopic(thingName),
          text: encodeCall(messageId, action, payload),
          inspected,
          answerWithinMs,
        });
      }),
    answered(thingName, frame) {
      const entry = waiting.get(thingName)?.get(frame.messageId);
      if (entry === undefined) return;
      if (frame.kind === 'result') entry.settle({ kind: 'result', payload: frame.payload });
      else if (frame.kind === 'error') entry.settle(frame);
    },
    notCarried(thingName, messageId, description) {
      const error = { kind: 'error' as const, code: 'NotCarried', description, details: {} };
      waiting.get(thingName)?.get(messageId)?.settle(error);
    },
    moved(thingName, { connectionId, connected }) {
      for (const { call, settle } of [...(waiting.get(thingName)?.values() ?? [])]) {
        if (connected && call.connectionId === connectionId) continue;
        const description = 'The connection was lost before the charge point answered';
        settle({ kind: 'error', code: 'ConnectionClosed', description, details: {} });
      }
    },
    close() {
      for (const ofThing of [...waiting.values()])
        for (const { settle } of [...ofThing.values()]) settle({ kind: 'timeout' });
    },
  };
}
