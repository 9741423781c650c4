import type { MessageBus } from '../bus/message-bus.ts';
import { repliesTopic, requestsTopic, thingOfTopic } from '../bus/topics.ts';
import type { Instances } from './instances.ts';

export interface AskInstanceOptions {
  bus: Pick<MessageBus, 'publish' | 'subscribe'>;
  instance: string;
  instances: Pick<Instances, 'onGone' | 'isAlive'>;
  newId: () => string;
}

/** A question about a charge point. */
export interface Question {
  thingName: string;
  /** Names what is asked; the process that is asked has to serve it. */
  kind: string;
  body: unknown;
  withinMs: number;
}

/** Nobody can tell whether what was asked for has been done. */
export class NoReply extends Error {}

/** Has another process do what only the one that holds a charge point's socket can do. */
export interface AskInstance {
  /** Throws NoReply, and an Error with the other one's words when it failed there. */
  ask(instance: string, question: Question): Promise<unknown>;
  /** What is returned has to survive JSON. */
  serve(kind: string, handle: (thingName: string, body: unknown) => Promise<unknown>): void;
  close(): Promise<void>;
}

interface Request {
  id: string;
  from: string;
  kind: string;
  body: unknown;
}

type Reply = { id: string; value: unknown } | { id: string; error: string };

interface Waiting {
  instance: string;
  settle(reply: Reply | null): void;
}

export async function createAskInstance({ bus, instance, instances, newId }: AskInstanceOptions): Promise<AskInstance> {
  const handlers = new Map<string, (thingName: string, body: unknown) => Promise<unknown>>();
  const waiting = new Map<string, Waiting>();

  async function replyTo(thingName: string, { id, kind, body }: Request): Promise<Reply> {
    const handle = handlers.get(kind);
    if (handle === undefined) return { id, error: `This release knows no ${kind}` };
    try {
      return { id, value: await handle(thingName, body) };
    } catch (error) {
      return { id, error: (error as Error).message };
    }
  }

  const unsubscribe = [
    await bus.subscribe(requestsTopic(instance, '+'), ({ topic, text }) => {
      const thingName = thingOfTopic(topic);
      const request = parsed<Request>(text);
      if (request === null) return;
      void replyTo(thingName, request).then((reply) =>
        bus.publish({ topic: repliesTopic(request.from, thingName), text: JSON.stringify(reply) }),
      );
    }),
    await bus.subscribe(repliesTopic(instance, '+'), ({ text }) => {
      const reply = parsed<Reply>(text);
      if (reply !== null) waiting.get(reply.id)?.settle(reply);
    }),
  ];
  instances.onGone((name) => {
    for (const { instance: asked, settle } of [...waiting.values()]) if (asked === name) settle(null);
  });

  return {
    ask: (asked, { thingName, kind, body, withinMs }) =>
      new Promise((resolve, reject) => {
        const id = newId();
        const timer = setTimeout(() => settle(null), withinMs);
        function settle(reply: Reply | null): void {
          clearTimeout(timer);
          waiting.delete(id);
          if (reply === null) reject(new NoReply(`${asked} gave no reply`));
          else if ('error' in reply) reject(new Error(reply.error));
          else resolve(reply.value);
        }
        waiting.set(id, { instance: asked, settle });
        const request: Request = { id, from: instance, kind, body };
        bus.publish({
          topic: requestsTopic(asked, thingName),
          text: JSON.stringify(request),
          answerWithinMs: withinMs,
        });
        if (!instances.isAlive(asked)) settle(null);
      }),
    serve: (kind, handle) => void handlers.set(kind, handle),
    async close() {
      await Promise.all(unsubscribe.map((stop) => stop()));
      for (const { settle } of [...waiting.values()]) settle(null);
    },
  };
}

/** Null for what none of us says: other programs may publish there too. */
function parsed<T extends { id: string }>(text: string): T | null {
  try {
    const value = JSON.parse(text) as T | null;
    return typeof value?.id === 'string' ? value : null;
  } catch {
    return null;
  }
}
