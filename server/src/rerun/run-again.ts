import type { RerunDifference, RerunProgress, RerunSpeed } from '@cpo-console/shared/api/replays.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { type OpenOutcome, openSocket } from '../simulator/open-socket.ts';
import { pause } from '../simulator/pause.ts';
import { createCommands } from './commands.ts';
import { compareAnswers } from './compare.ts';
import { createIdentities } from './identities.ts';
import type { Answer, Step } from './step.ts';
import { createWire, type Heard, type Wire } from './wire.ts';

export interface RunAgainOptions {
  steps: readonly Step[];
  protocol: OcppVersion;
  /** Without the identity. */
  url: string;
  id: string;
  password: Buffer | null;
  /** false: somebody vouches for a server that can't say it of its charge points. */
  sandboxOnly: boolean;
  speed: RerunSpeed;
  newId: () => string;
  now: () => number;
  onDifference(difference: RerunDifference): void;
  onProgress(progress: RerunProgress): void;
  signal: AbortSignal;
  patience?: Partial<Patience>;
}

interface Patience {
  answerMs: number;
  /** For an answer that the log has none of. */
  noAnswerMs: number;
  commandMs: number;
}

export type RunAgainEnding = { kind: 'done' } | { kind: 'cancelled' } | Exclude<OpenOutcome, { kind: 'open' }>;

const PATIENCE: Patience = { answerMs: 30_000, noAnswerMs: 2_000, commandMs: 500 };
/** What a timer takes at once. */
const LONGEST_PAUSE_MS = 2 ** 30;
/** Longer answers are not kept: the log has them. */
const MAX_KEPT = 16_384;

/** Does again what the charge point did, step by step. */
export async function runAgain(options: RunAgainOptions): Promise<RunAgainEnding> {
  const { steps, protocol, newId, signal, onProgress } = options;
  const patience = { ...PATIENCE, ...options.patience };
  const identities = createIdentities({ protocol, newId });
  const commands = createCommands(steps, identities);
  const tally = { compared: 0, differences: 0, unanswered: 0 };
  const untilDue = createClock(options);
  let wire: Wire | null = null;

  const connect = async (): Promise<OpenOutcome> => {
    const outcome = await openSocket({ ...options });
    if (outcome.kind === 'open') {
      wire = createWire({ socket: outcome.socket, protocol, newId, onCommand: commands.answer });
    }
    return outcome;
  };

  const ask = async (step: Extract<Step, { kind: 'call' }>, open: Wire): Promise<void> => {
    const { action, answer } = step;
    const patienceMs = answer === null ? patience.noAnswerMs : patience.answerMs;
    const heard = await open.ask({ action, payload: identities.rewrite(step.payload), patienceMs });
    if (answer?.kind === 'result' && heard.kind === 'result') identities.learn(action, answer.payload, heard.payload);
    if (answer === null) tally.unanswered += 1;
    else tally.compared += 1;
    const difference = answer === null ? null : differenceOf(step, answer, heard);
    if (difference === null) return;
    tally.differences += 1;
    options.onDifference(difference);
  };

  /** What keeps it from going on, if anything does. */
  const take = async (step: Step): Promise<RunAgainEnding | null> => {
    if (step.kind === 'command') {
      await Promise.race([commands.whenCame(step), pause(patience.commandMs, signal)]);
      return null;
    }
    if (step.kind === 'disconnect') {
      await wire?.close();
      return null;
    }
    // A charge point that was cut off comes back.
    if (!wire?.open) {
      const outcome = await connect();
      if (outcome.kind !== 'open') return outcome;
    }
    if (wire === null || step.kind === 'connect') return null;
    if (step.kind === 'call') await ask(step, wire);
    else if (step.kind === 'text') wire.say(step.text);
    else wire.say(JSON.stringify([6, newId(), step.action, identities.rewrite(step.payload)]));
    return null;
  };

  const cut = (): void => void wire?.close();
  signal.addEventListener('abort', cut, { once: true });
  try {
    for (const [index, step] of steps.entries()) {
      if (!(await untilDue(step.at))) return { kind: 'cancelled' };
      const trouble = await take(step);
      if (signal.aborted) return { kind: 'cancelled' };
      if (trouble !== null) return trouble;
      onProgress({ steps: steps.length, done: index + 1, ...tally, commands: commands.progress() });
    }
    return { kind: 'done' };
  } finally {
    signal.removeEventListener('abort', cut);
    await (wire as Wire | null)?.close();
  }
}

/** Waits until an instant of the log has come again; false when it was cancelled meanwhile. */
function createClock({ steps, speed, now, signal }: RunAgainOptions): (at: number) => Promise<boolean> {
  const first = steps[0]?.at ?? 0;
  const start = now();
  return async (at) => {
    if (speed === 'max') return !signal.aborted;
    const due = start + (at - first) / speed;
    for (let left = due - now(); left > 0; left = due - now()) {
      if (!(await pause(Math.min(left, LONGEST_PAUSE_MS), signal))) return false;
    }
    return !signal.aborted;
  };
}

function differenceOf(step: Extract<Step, { kind: 'call' }>, recorded: Answer, heard: Heard): RerunDifference | null {
  const about = { messageId: String(step.rowId), at: new Date(step.at).toISOString(), action: step.action };
  const then = kept(recorded);
  if (heard.kind === 'silence') return { ...about, kind: 'no-answer', places: [], recorded: then, today: null };
  if (heard.kind === 'closed') return { ...about, kind: 'closed', places: [], recorded: then, today: null };
  const places = compareAnswers(recorded, heard);
  return places.length === 0 ? null : { ...about, kind: 'answer', places, recorded: then, today: kept(heard) };
}

function kept(answer: Answer): unknown {
  const value = answer.kind === 'result' ? answer.payload : { code: answer.code, description: answer.description };
  return JSON.stringify(value).length > MAX_KEPT ? null : value;
}
