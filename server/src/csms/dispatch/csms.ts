import type { Validator } from '@cpo-console/shared/ocpp/validate.ts';
import type { Frame, OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { type InspectedFrame, inspectFrame } from '@cpo-console/shared/ocpp-j/inspect-frame.ts';
import type { BusMessage, MessageBus } from '../../bus/message-bus.ts';
import { type Presence, readPresence } from '../../bus/presence.ts';
import { ALL_PRESENCE, IN_FOR_CSMS, isInTopic, isOutTopic, thingOfTopic } from '../../bus/topics.ts';
import type { Boots } from '../../charge-points/boots/boots.ts';
import type { StationModel, Tolerances } from '../../charge-points/tolerances/tolerances.ts';
import type { Logger } from '../logger.ts';
import type { Presences } from '../presences.ts';
import { createEarlyFrames } from './early-frames.ts';
import { type CallFrame, createResponder } from './responder.ts';
import type { RouteTable, SendTable } from './route-table.ts';

/** What commands must hear of. */
export interface CommandEvents {
  /** A CALLRESULT or CALLERROR came. */
  answered(thingName: string, frame: Frame): void;
  /** A CALL that was published for it can't have reached it. */
  notCarried(thingName: string, messageId: string, reason: string): void;
  /** A charge point came, went or came again on another connection. */
  moved(thingName: string, presence: Presence): void;
  /** It has been told that it is accepted. */
  booted(thingName: string): void;
}

/** What a process does where several share the work. */
export interface SharedWork {
  /** Names this process among them. */
  instance: string;
  /** A charge point is connected here now: before what it says is taken. @param from where it was connected before, if that is known */
  arrive(thingName: string, from: string | null): Promise<void>;
  /** It is connected elsewhere: after what it said here is taken. */
  leave(thingName: string): Promise<void>;
}

export interface CsmsOptions {
  bus: MessageBus;
  validator: Validator;
  presences: Presences;
  /** Which of them may not send everything yet. */
  boots: Pick<Boots, 'maySend'>;
  /** null: someone else answers, see `CSMS=external`. */
  routes: RouteTable | null;
  tolerances: Pick<Tolerances, 'of'>;
  /** What the charge point said that it is, when it last booted. */
  stationOf: (thingName: string) => StationModel | null;
  /** What is never answered. */
  sends: SendTable;
  commands: CommandEvents;
  /** null: there is only this process. */
  shared: SharedWork | null;
  now: () => number;
  logger: Logger;
  /** For metrics: after each answer. */
  onAnswer?: (answer: { version: OcppVersion; action: string; errorCode: string | null; tookMs: number }) => void;
}

export interface Csms {
  start(): Promise<void>;
  /** Where several processes share the work: what the gateway of this one publishes. */
  takeOwn(message: BusMessage): void;
  /** A process is gone, without a word, and all that were connected to it. */
  gone(instance: string): void;
  /** It is connected to another process, which waits for what is known of it here. */
  release(thingName: string): Promise<void>;
  /** Takes no more frames, and resolves when those in hand are answered. */
  close(): Promise<void>;
}

/** Answers what charge points ask, and hands their answers to whoever asked them. */
export function createCsms(options: CsmsOptions): Csms {
  const { bus, validator, presences, routes, commands, logger, shared } = options;
  const responder = routes === null ? null : createResponder({ ...options, routes });
  const noteStranger = (thingName: string): void =>
    logger.warn({ thingName }, 'A frame came from a charge point whose connection is not known');
  const early = createEarlyFrames(noteStranger);
  let unsubscribe: (() => Promise<void>)[] = [];
  const stopHearing = bus.onLost(noteLost);

  function takePresence({ topic, text, presence: known }: BusMessage): void {
    const thingName = thingOfTopic(topic);
    const presence = known ?? readPresence(text);
    if (presence === null) logger.warn({ thingName }, 'A presence announcement cannot be read');
    else if (presence.instance !== shared?.instance) move(thingName, presence);
  }

  function move(thingName: string, presence: Presence): void {
    const before = presences.get(thingName);
    if (!presences.take(thingName, presence)) return;
    responder?.moved(thingName, presence, shared && (() => handOver(thingName, { before, now: presence })));
    commands.moved(thingName, presence);
    if (presence.connected) for (const message of early.take(thingName)) takeFrame(message);
  }

  async function handOver(
    thingName: string,
    { before, now }: { before: Presence | null; now: Presence },
  ): Promise<void> {
    if (now.instance === shared?.instance) await shared.arrive(thingName, before?.instance ?? null);
    else await shared?.leave(thingName);
  }

  function takeFrame(message: BusMessage): void {
    const thingName = thingOfTopic(message.topic);
    const presence = presences.get(thingName);
    if (presence === null) {
      if (!early.keep(thingName, message)) noteStranger(thingName);
      return;
    }
    // A charge point's answers are checked in the gateway; what they mean does not depend on it.
    const inspected = message.inspected ?? inspect(message.text, presence.protocol);
    // Framing defects are the gateway's to answer.
    if (!inspected.decoded.ok) return;
    const { frame } = inspected.decoded;
    if (frame.kind === 'call') responder?.answer(thingName, frame as CallFrame, inspected.violations);
    else if (frame.kind === 'send') responder?.hear(thingName, frame, inspected.violations);
    else if (frame.kind === 'result' || frame.kind === 'error') commands.answered(thingName, frame);
  }

  function noteLost({ topic, inspected }: BusMessage, reason: string): void {
    if (!isOutTopic(topic) || inspected?.decoded.ok !== true) return;
    const { frame } = inspected.decoded;
    if (frame.kind === 'call') commands.notCarried(thingOfTopic(topic), frame.messageId, reason);
  }

  const inspect = (text: string, version: OcppVersion): InspectedFrame =>
    inspectFrame(text, { version, validator, direction: 'in', actionOf: () => undefined });

  return {
    async start() {
      unsubscribe = [await bus.subscribe(ALL_PRESENCE, takePresence)];
      if (shared === null) unsubscribe.push(await bus.subscribe(IN_FOR_CSMS, takeFrame));
    },
    takeOwn(message) {
      if (message.presence !== undefined) move(thingOfTopic(message.topic), message.presence);
      else if (isInTopic(message.topic)) takeFrame(message);
    },
    gone(name) {
      for (const [thingName, presence] of presences.connectedAt(name))
        move(thingName, { ...presence, connected: false });
    },
    release: async (thingName) => responder?.behind(thingName, async () => shared?.leave(thingName)),
    async close() {
      stopHearing();
      early.close();
      await Promise.all(unsubscribe.map((stop) => stop()));
      await responder?.idle();
    },
  };
}
