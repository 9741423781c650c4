import { type Line, openLine } from './line.ts';
import type { Kind, Tally } from './tally.ts';
import { type FuzzedChargePoint, TURNS, type Turn } from './turns.ts';

/** How often each kind of turn is taken, of a hundred. */
const SHARES: Record<Kind, number> = { payload: 68, text: 20, answer: 4, send: 2, burst: 3, bytes: 3 };
const KINDS = Object.entries(SHARES).flatMap(([kind, share]) => Array.from({ length: share }, () => kind as Kind));

/** Sends as many frames as asked for, each after what came of the one before, and tells what came of them. */
export async function fuzzChargePoint(chargePoint: FuzzedChargePoint, frames: number, tally: Tally): Promise<void> {
  const { thingName, version, port, random } = chargePoint;
  let line: Line | null = null;
  let last: Pick<Turn, 'said'> & { kind: Kind } = { kind: 'payload', said: '' };
  let frame = 0;
  try {
    while (frame < frames && !tally.isOver()) {
      line ??= await openLine(port, thingName, version);
      const kind = random.pick(KINDS);
      const turn = await TURNS[kind]({ chargePoint, line, frame });
      last = { kind, said: turn.said };
      if (turn.wrong !== null) tally.find({ ...last, what: turn.wrong, thingName, version, frame });
      tally.count({ kind, version, outcome: turn.outcome, frames: turn.frames });
      frame += turn.frames;
      if (turn.wrong === null && !turn.isLast && !line.isOver()) continue;
      line.hangUp();
      line = null;
    }
  } catch (error) {
    tally.find({ ...last, what: `After it: ${(error as Error).message}`, thingName, version, frame });
  }
  line?.hangUp();
}
