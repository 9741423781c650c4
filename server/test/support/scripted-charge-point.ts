import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { Product } from './product.ts';

type Payload = Record<string, unknown>;
type Answer = (payload: Payload) => Payload | null;

/** A charge point that says what a test tells it to, action by action. */
export interface ScriptedChargePoint {
  /** Sends a CALL; the payload of its CALLRESULT. A CALLERROR throws. */
  call(action: string, payload: object): Promise<Payload>;
  /** How it answers from now on; null: not at all. Until told, everything is accepted. */
  answer(action: string, answer: Answer): void;
  /** What it was asked, oldest first. */
  readonly asked: { action: string; payload: Payload }[];
}

export async function connectScripted(
  product: Product,
  thingName: string,
  protocol: OcppVersion,
): Promise<ScriptedChargePoint> {
  const wire = await product.connect(thingName, protocol);
  const answers = new Map<string, Answer>();
  const asked: ScriptedChargePoint['asked'] = [];
  wire.onCall((action, payload) => {
    asked.push({ action, payload: payload as Payload });
    const answer = answers.get(action);
    const result = answer === undefined ? { status: 'Accepted' } : answer(payload as Payload);
    return result === null ? null : { result };
  });
  return {
    asked,
    answer: (action, answer) => void answers.set(action, answer),
    async call(action, payload) {
      const frame = await wire.call(action, payload);
      if (frame[0] !== 3) throw new Error(`${action}: ${JSON.stringify(frame)}`);
      return frame[2] as Payload;
    },
  };
}
