import { type AskInstance, NoReply } from '../../instances/ask-instance.ts';
import type { Presences } from '../presences.ts';
import type { Refusal, SendOutcome, SendRequest } from './command-service.ts';
import type { RunningCommandService } from './create-command-service.ts';

export interface ForwardCommandsOptions {
  commands: RunningCommandService;
  askInstance: Pick<AskInstance, 'ask' | 'serve'>;
  presences: Pick<Presences, 'get'>;
  /** Names this process. */
  instance: string;
  newId: () => string;
  callTimeoutSeconds: number;
}

/** What another process says of a command that it was given: the command itself is in the database. */
type Reply = { kind: 'done' } | Refusal;

/** Beside the charge point's answer: storing it, and the ways there and back. */
const GRACE_MS = 10_000;

/** A command is sent by the process that holds the charge point's socket: there is all that its answer is about. */
export function forwardCommands(options: ForwardCommandsOptions): RunningCommandService {
  const { commands, askInstance, presences, instance, newId, callTimeoutSeconds } = options;
  askInstance.serve('command', async (_thingName, body): Promise<Reply> => {
    const outcome = await commands.send(body as SendRequest);
    return outcome.kind === 'done' ? { kind: 'done' } : outcome;
  });

  async function forward(to: string, request: SendRequest & { id: string }): Promise<Reply> {
    const { thingName, timeoutSeconds = callTimeoutSeconds } = request;
    const withinMs = timeoutSeconds * 1000 + GRACE_MS;
    try {
      return (await askInstance.ask(to, { thingName, kind: 'command', body: request, withinMs })) as Reply;
    } catch (error) {
      if (!(error instanceof NoReply)) throw error;
      // How far it came is in the database.
      return { kind: 'done' };
    }
  }

  return {
    ...commands,
    async send(request): Promise<SendOutcome> {
      const presence = presences.get(request.thingName);
      if (!presence?.connected || presence.instance === instance) return commands.send(request);
      const id = request.id ?? newId();
      const reply = await forward(presence.instance, { ...request, id });
      if (reply.kind !== 'done') return reply;
      const command = await commands.get(id);
      // The other one ended before it had it.
      return command === null ? commands.send({ ...request, id }) : { kind: 'done', command };
    },
  };
}
