import type { RerunProgress } from '@cpo-console/shared/api/replays.ts';
import { compareValues } from './compare.ts';
import type { Identities } from './identities.ts';
import type { Answer, Command, Step } from './step.ts';

const UNKNOWN: Answer = {
  kind: 'error',
  code: 'NotSupported',
  description: 'The recorded log has no answer to this.',
  details: {},
};

/** What the charge point says when it is asked: what it said when it was asked the like. */
export function createCommands(steps: readonly Step[], identities: Identities) {
  const recorded = steps.filter((step): step is Command => step.kind === 'command');
  const left = new Map<string, Command[]>();
  for (const command of recorded) left.set(command.action, [...(left.get(command.action) ?? []), command]);
  const last = new Map<string, Command>();
  const came = new Set<Command>();
  const waiting = new Map<Command, () => void>();
  const unexpected = new Map<string, number>();

  /** The one that asks for the same, else the first; one that is asked once more says what it said before. */
  const take = (action: string, payload: unknown): Command | null => {
    const candidates = left.get(action) ?? [];
    const same = candidates.findIndex((command) => compareValues(command.payload, payload).length === 0);
    const [command] = candidates.splice(Math.max(0, same), 1);
    if (command === undefined) {
      unexpected.set(action, (unexpected.get(action) ?? 0) + 1);
      return last.get(action) ?? null;
    }
    last.set(action, command);
    came.add(command);
    waiting.get(command)?.();
    return command;
  };

  return {
    answer(action: string, payload: unknown): Answer | null {
      const command = take(action, payload);
      if (command === null) return UNKNOWN;
      identities.learn(action, command.payload, payload);
      const { answer } = command;
      return answer?.kind === 'result' ? { kind: 'result', payload: identities.rewrite(answer.payload) } : answer;
    },
    /** Resolves when it has come; what follows it in the log may be because of it. */
    whenCame(command: Command): Promise<void> {
      if (came.has(command)) return Promise.resolve();
      return new Promise((resolve) => waiting.set(command, resolve));
    },
    progress: (): RerunProgress['commands'] => ({
      recorded: recorded.length,
      came: came.size,
      unexpected: Object.fromEntries(unexpected),
    }),
  };
}
