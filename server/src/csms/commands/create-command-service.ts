import type { Command } from '@cpo-console/shared/api/commands.ts';
import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import type { Validator } from '@cpo-console/shared/ocpp/validate.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { MessageBus } from '../../bus/message-bus.ts';
import { createListeners } from '../../charge-points/listeners.ts';
import type { Database } from '../../database/database.ts';
import type { CommandEvents } from '../dispatch/csms.ts';
import type { Logger } from '../logger.ts';
import type { Presences } from '../presences.ts';
import { createRequestSteps, type OutgoingRequest, type RequestDeps } from '../requests/request-handlers.ts';
import { createResultTable, type ResultDeps } from '../results/result-handlers.ts';
import { createCommandQueue } from './command-queue.ts';
import { type CommandRecord, toCommand } from './command-record.ts';
import type { CommandService, Refusal, SendOutcome, SendRequest } from './command-service.ts';
import { createCommandStore } from './command-store.ts';
import { beginJob, endJobUnanswered } from './job-commands.ts';
import { withoutSecrets } from './mask-secrets.ts';
import { type CallOutcome, createOutstandingCalls } from './outstanding-calls.ts';

export interface CommandServiceOptions extends ResultDeps, RequestDeps {
  registry: ResultDeps['registry'] & RequestDeps['registry'];
  database: Pick<Database, 'query' | 'write'>;
  bus: Pick<MessageBus, 'publish'>;
  validator: Validator;
  presences: Pick<Presences, 'get'>;
  /** Of the last connection of a charge point that has not been connected since the start. */
  protocolOf: (thingName: string) => OcppVersion | null;
  now: () => number;
  newId: () => string;
  /** How long to wait for an answer, unless a command says otherwise. */
  callTimeoutSeconds: number;
  /** Names this process where several share the work; null: there is only this one. */
  instance: string | null;
  logger: Logger;
}

export interface CommandResult {
  commandId: string;
  thingName: string;
  version: OcppVersion;
  action: string;
  request: unknown;
  response: unknown;
  sentBy: string;
}

/** Stands for a process that is the only one. */
const ALONE = '';

type Planned = Pick<SendRequest, 'thingName' | 'action' | 'payload'>;

export interface RunningCommandService extends CommandService, CommandEvents {
  /** It is connected to this process now: what others queued for it is this one's to send. */
  arrived(thingName: string): Promise<void>;
  /** What another process says of one of its. */
  heard(command: Command): void;
  /** Only those of this process. */
  onOwnChange(listener: (command: Command) => void): () => void;
  /** Those whose process does not wait for their answers any more have timed out. */
  giveUpOf(isAlive: (instance: string) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Sends CALLs, and keeps what became of them. */
export async function createCommandService(options: CommandServiceOptions): Promise<RunningCommandService> {
  const { validator, protocolOf, now, newId, logger } = options;
  const presenceOf = options.presences.get;
  const instance = options.instance ?? ALONE;
  const steps = createRequestSteps(options);
  const results = createResultTable(options);
  const store = createCommandStore(options.database);
  const calls = createOutstandingCalls(options.bus);
  const listeners = createListeners<Command>();
  const ownListeners = createListeners<Command>();
  const working = new Set<Promise<unknown>>();

  async function keep(record: CommandRecord): Promise<CommandRecord> {
    await store.save(record);
    announce(record);
    return record;
  }

  function announce(record: CommandRecord): void {
    const command = toCommand(record);
    ownListeners.tell(command);
    listeners.tell(command);
  }

  /** Stored before it is published; resolves when it is answered or given up. */
  async function deliver(record: CommandRecord): Promise<CommandRecord> {
    const { thingName, action, payload, timeoutMs } = record;
    const presence = presenceOf(thingName);
    if (!presence || !isHere(thingName)) return keep({ ...record, status: 'not-connected' });
    if (presence.protocol !== record.protocol && refusalOf(record) !== null) {
      const description = `It was queued for ${record.protocol} and came back with ${presence.protocol}`;
      return keep({ ...record, status: 'error', error: { code: 'VersionChanged', description, details: {} } });
    }
    const messageId = newId();
    await steps.sending(record.protocol, action, toOutgoing(record));
    const sent = await keep({ ...record, status: 'sent', messageId, sentAt: now() });
    await beginJob(options, sent);
    const { connectionId } = presence;
    const current = presenceOf(thingName);
    const isGone = !current?.connected || current.connectionId !== connectionId;
    const outcome: CallOutcome = isGone
      ? {
          kind: 'error',
          code: 'ConnectionClosed',
          description: 'The connection was lost before the CALL was sent',
          details: {},
        }
      : await calls.call({ thingName, connectionId, messageId, action, payload, timeoutMs });
    return finish(sent, outcome);
  }

  async function finish(sent: CommandRecord, outcome: CallOutcome): Promise<CommandRecord> {
    const record = afterOutcome(sent, outcome, now());
    try {
      if (outcome.kind === 'result') {
        const { id: commandId, thingName, protocol: version, action, payload: request, sentBy } = sent;
        await results[version].get(action)?.({
          commandId,
          thingName,
          version,
          action,
          request,
          response: outcome.payload,
          sentBy,
        });
      } else {
        await endJobUnanswered(options.jobs, record);
        await steps.unanswered(sent.protocol, sent.action, toOutgoing(sent));
      }
    } catch (error) {
      logger.error(
        { err: error, thingName: sent.thingName, action: sent.action },
        "A command's result could not be taken in",
      );
    }
    try {
      await store.save(record);
    } catch (error) {
      // What the charge point answered is in the log, and whoever asked is told all the same.
      logger.error({ err: error, commandId: sent.id }, "A command's outcome could not be stored");
    }
    announce(record);
    return record;
  }

  function isHere(thingName: string): boolean {
    const presence = presenceOf(thingName);
    return presence?.connected === true && (instance === ALONE || presence.instance === instance);
  }

  /** Each queued command is one process's to deal with. */
  async function ifQueued(record: CommandRecord, work: () => Promise<CommandRecord>): Promise<CommandRecord | null> {
    return (await store.claim(record.id, instance)) ? work() : null;
  }

  const queue = createCommandQueue({
    now,
    isConnected: isHere,
    deliver: (record) => track(ifQueued(record, () => deliver({ ...record, instance }))),
    expire: (record) => track(ifQueued(record, () => keep({ ...record, status: 'expired' }))),
    onFault: (error) => logger.error({ err: error }, 'A queued command could not be handled'),
  });

  function track<T>(work: Promise<T>): Promise<T> {
    working.add(work);
    const done = (): boolean => working.delete(work);
    work.then(done, done);
    return work;
  }

  const versionOf = (thingName: string): OcppVersion | null => presenceOf(thingName)?.protocol ?? protocolOf(thingName);

  /** What would go out, or why it may not. */
  function plan(request: Planned): { kind: 'ok'; protocol: OcppVersion; payload: unknown } | Refusal {
    const { thingName, action } = request;
    const protocol = versionOf(thingName);
    if (protocol === null) return { kind: 'unknown-version' };
    const known = commandsOf(protocol);
    if (!known.includes(action)) return { kind: 'unknown-action', known };
    const payload = steps.complete(protocol, action, request);
    const violations = validator.validate(protocol, action, 'request', payload, 'out');
    return violations.length > 0 ? { kind: 'invalid', violations } : { kind: 'ok', protocol, payload };
  }

  function refusalOf(request: Planned): Refusal | null {
    const planned = plan(request);
    return planned.kind === 'ok' ? null : planned;
  }

  async function send(request: SendRequest): Promise<SendOutcome> {
    const { thingName, action, sentBy, queueSeconds = 0 } = request;
    const planned = plan(request);
    if (planned.kind !== 'ok') return planned;
    const { protocol, payload } = planned;
    const at = now();
    const record: CommandRecord = {
      id: request.id ?? newId(),
      thingName,
      protocol,
      action,
      payload,
      maskedPayload: withoutSecrets(payload),
      messageId: null,
      status: 'not-connected',
      response: undefined,
      error: null,
      createdAt: at,
      sentAt: null,
      answeredAt: null,
      expiresAt: queueSeconds > 0 ? at + queueSeconds * 1000 : null,
      timeoutMs: (request.timeoutSeconds ?? options.callTimeoutSeconds) * 1000,
      sentBy,
      instance,
    };
    if (isHere(thingName)) return { kind: 'done', command: toCommand(await track(deliver(record))) };
    if (queueSeconds <= 0) return { kind: 'done', command: toCommand(await keep(record)) };
    const queued = await keep({ ...record, status: 'queued' });
    queue.add(queued);
    return { kind: 'done', command: toCommand(queued) };
  }

  for (const record of await store.withStatus('queued')) queue.restore(record);

  return {
    async arrived(thingName) {
      for (const record of await store.withStatus('queued', thingName)) queue.restore(record);
      if (isHere(thingName)) queue.connected(thingName);
    },
    async giveUpOf(isAlive) {
      for (const record of await store.withStatus('sent')) {
        if (record.instance !== null && isAlive(record.instance)) continue;
        const lost: CommandRecord = { ...record, status: 'timeout' };
        await store.save(lost);
        await endJobUnanswered(options.jobs, lost);
      }
    },
    send,
    versionOf,
    refusalOf,
    async cancel(id) {
      const known = await store.get(id);
      if (known === null) return null;
      queue.take(known);
      const cancelled = await track(ifQueued(known, () => keep({ ...known, status: 'cancelled' })));
      return cancelled === null ? 'too-late' : toCommand(cancelled);
    },
    async get(id) {
      const record = await store.get(id);
      return record === null ? null : toCommand(record);
    },
    async list(query) {
      const page = await store.list(query);
      return { ...page, items: page.items.map(toCommand) };
    },
    heard: listeners.tell,
    onChange: listeners.add,
    onOwnChange: ownListeners.add,
    answered: calls.answered,
    notCarried: calls.notCarried,
    moved(thingName, presence) {
      calls.moved(thingName, presence);
      if (presence.connected) queue.connected(thingName);
    },
    booted: queue.ready,
    async close() {
      queue.close();
      calls.close();
      await Promise.allSettled(working);
    },
  };
}

const toOutgoing = ({ id, thingName, payload, sentBy }: CommandRecord): OutgoingRequest => ({
  id,
  thingName,
  payload,
  sentBy,
});

function commandsOf(version: OcppVersion): string[] {
  return Object.entries(ACTIONS[version]).flatMap(([action, { from, send }]) =>
    from === 'charge-point' || send ? [] : [action],
  );
}

function afterOutcome(sent: CommandRecord, outcome: CallOutcome, at: number): CommandRecord {
  switch (outcome.kind) {
    case 'result':
      return { ...sent, status: 'answered', response: outcome.payload, answeredAt: at };
    case 'error': {
      const { code, description, details } = outcome;
      const answeredAt = code === 'ConnectionClosed' || code === 'NotCarried' ? null : at;
      return { ...sent, status: 'error', error: { code, description, details }, answeredAt };
    }
    case 'timeout':
      return { ...sent, status: 'timeout' };
  }
}
