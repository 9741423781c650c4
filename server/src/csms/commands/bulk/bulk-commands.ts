import type {
  BulkCommand,
  BulkResult,
  Command,
  CommandStatus,
  LeftOutReason,
  NewBulkCommand,
} from '@cpo-console/shared/api/commands.ts';
import { answerWord } from '@cpo-console/shared/ocpp/answer-word.ts';
import type { Database } from '../../../database/database.ts';
import type { Registry } from '../../../registry/registry.ts';
import type { Logger } from '../../logger.ts';
import type { CommandService, Refusal } from '../command-service.ts';
import { withoutSecrets } from '../mask-secrets.ts';
import { type BulkStore, createBulkStore } from './bulk-store.ts';

/** Charge points that are waited for at the same time. One that never answers holds one of these until its timeout. */
const AT_ONCE = 50;
/** Of an answer’s word, as it is counted. */
const MAX_WORD = 64;

export interface BulkCommands extends Pick<BulkStore, 'get' | 'list' | 'results'> {
  /** Resolves when it is stored; the sending goes on. Left out are those that it cannot be sent to. */
  start(request: NewBulkCommand & { sentBy: string }): Promise<BulkCommand>;
  /** Sends it to nobody else. What has been sent stays sent. @returns null when there is no such one */
  stop(id: string): Promise<BulkCommand | null>;
  /** Those whose process does not go through them any more are interrupted. */
  giveUpOf(isAlive: (instance: string) => boolean): Promise<void>;
  /** Resolves when those in hand have ended. Close the commands first, so that nobody waits for answers. */
  close(): Promise<void>;
}

export interface BulkCommandsOptions {
  database: Pick<Database, 'query' | 'write'>;
  commands: Pick<CommandService, 'send' | 'refusalOf' | 'get' | 'onChange'>;
  registry: Pick<Registry, 'get'>;
  now: () => number;
  newId: () => string;
  /** Names this process where several share the work; null: there is only this one. */
  instance: string | null;
  logger: Logger;
}

interface Run {
  /** Why to go on to nobody else; null while it goes on. */
  halt: 'stopped' | 'interrupted' | null;
  ended: Promise<void>;
}

/** One command to many charge points, a bounded number at a time, with what came of each. */
export async function createBulkCommands(options: BulkCommandsOptions): Promise<BulkCommands> {
  const { database, commands, registry, now, newId, logger, instance } = options;
  const store = createBulkStore(database);
  const runs = new Map<string, Run>();
  const queued = new Set<string>();

  async function sendOne(bulkId: string, thingName: string, request: NewBulkCommand & { sentBy: string }) {
    const { thingNames: _all, ...command } = request;
    const id = newId();
    // Before it is sent: a restart must know which ones may have gone out.
    await store.setTarget(bulkId, { thingName, state: 'sent', word: null, commandId: id });
    const outcome = await commands.send({ ...command, thingName, id });
    if (outcome.kind !== 'done') {
      await store.setTarget(bulkId, { thingName, state: 'left-out', word: reasonOf(outcome), commandId: null });
      return;
    }
    if (outcome.command.status === 'queued') queued.add(id);
    await store.setTarget(bulkId, { thingName, commandId: id, ...resultOf(outcome.command) });
  }

  async function goThrough(bulkId: string, request: NewBulkCommand & { sentBy: string }, run: Run): Promise<void> {
    const left = [...request.thingNames];
    async function work(): Promise<void> {
      while (run.halt === null) {
        const thingName = left.shift();
        if (thingName === undefined) return;
        try {
          await sendOne(bulkId, thingName, request);
        } catch (error) {
          logger.error({ err: error, bulkId, thingName }, 'A bulk command could not be sent to one charge point');
        }
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, work));
    await store.finish(bulkId, left.length === 0 ? 'done' : (run.halt ?? 'done'), now());
  }

  /** Those that were queued are sent, or expire, later. */
  async function follow(command: Command): Promise<void> {
    // Another process may have queued it.
    const wasQueued = queued.has(command.id) || (instance !== null && command.expiresAt !== null);
    if (!wasQueued || command.status === 'queued') return;
    if (command.status !== 'sent') queued.delete(command.id);
    await store.setByCommand(command.id, resultOf(command));
  }

  function checked(thingName: string, { action, payload }: NewBulkCommand): BulkResult {
    const leftOut = (word: LeftOutReason): BulkResult => ({ thingName, state: 'left-out', word, commandId: null });
    if (registry.get(thingName) === null) return leftOut('not-registered');
    const refusal = commands.refusalOf({ thingName, action, payload });
    return refusal === null ? { thingName, state: 'waiting', word: null, commandId: null } : leftOut(reasonOf(refusal));
  }

  async function takeUp(): Promise<void> {
    for (const id of await store.commandsIn(['sent', 'queued'])) {
      const command = await commands.get(id);
      if (command === null) await store.setByCommand(id, { state: 'not-sent', word: null });
      else if (command.status === 'queued') queued.add(id);
      else await store.setByCommand(id, resultOf(command));
    }
  }

  await takeUp();
  const stopFollowing = commands.onChange((command) => {
    follow(command).catch((error: unknown) =>
      logger.error({ err: error }, 'A queued bulk command could not be followed'),
    );
  });

  return {
    get: store.get,
    list: store.list,
    results: store.results,
    async start(request) {
      const { action, payload, sentBy } = request;
      const targets = [...new Set(request.thingNames)].map((thingName) => checked(thingName, request));
      const thingNames = targets.filter(({ state }) => state === 'waiting').map(({ thingName }) => thingName);
      const id = newId();
      const masked = JSON.stringify(withoutSecrets(payload));
      const created = { id, action, payload: masked, total: targets.length, created_at: now(), sent_by: sentBy };
      const running = { ...created, state: 'running', finished_at: null, instance };
      await store.create(running, targets);
      const run: Run = { halt: null, ended: Promise.resolve() };
      runs.set(id, run);
      run.ended = goThrough(id, { ...request, thingNames }, run)
        .catch((error: unknown) => logger.error({ err: error, bulkId: id }, 'A bulk command could not be finished'))
        .finally(() => runs.delete(id));
      return (await store.get(id)) as BulkCommand;
    },
    async stop(id) {
      const run = runs.get(id);
      if (run !== undefined) run.halt = 'stopped';
      return store.get(id);
    },
    async giveUpOf(isAlive) {
      await takeUp();
      for (const { id, instance: owner } of await store.running()) {
        if (owner === null || !isAlive(owner)) await store.finish(id, 'interrupted', now());
      }
    },
    async close() {
      stopFollowing();
      for (const run of runs.values()) run.halt = 'interrupted';
      await Promise.all([...runs.values()].map(({ ended }) => ended));
    },
  };
}

function resultOf(command: Command): { state: CommandStatus; word: string | null } {
  const { status, response, error } = command;
  return { state: status, word: error?.code ?? answerWord(response)?.slice(0, MAX_WORD) ?? null };
}

const REASONS: Record<Refusal['kind'], LeftOutReason> = {
  'unknown-version': 'unknown-version',
  'unknown-action': 'unknown-action',
  invalid: 'invalid-payload',
};
const reasonOf = ({ kind }: Refusal): LeftOutReason => REASONS[kind];
