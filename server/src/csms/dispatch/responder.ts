import { isDeepStrictEqual } from 'node:util';
import type { Tolerance } from '@cpo-console/shared/api/tolerance.ts';
import { isAction } from '@cpo-console/shared/ocpp/actions.ts';
import { encodeError, encodeResult } from '@cpo-console/shared/ocpp-j/encode-frame.ts';
import { wireErrorCode } from '@cpo-console/shared/ocpp-j/error-codes.ts';
import type { Frame, OcppErrorCode, OcppVersion, Violation } from '@cpo-console/shared/ocpp-j/frame.ts';
import { readStation } from '@cpo-console/shared/projection/fold-status.ts';
import { membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Presence } from '../../bus/presence.ts';
import { outTopic } from '../../bus/topics.ts';
import type { CsmsOptions } from './csms.ts';
import type { CheckedHandler, RouteTable } from './route-table.ts';
import { refusalOf } from './tolerance.ts';

type SendFrame = Extract<Frame, { kind: 'send' }>;
export type CallFrame = Extract<Frame, { kind: 'call' }>;

/** Some charge points give all their messages the same id: then what it says tells a new one from one that is sent again. */
const isSentAgain = (frame: CallFrame, before: CallFrame): boolean =>
  frame.messageId === before.messageId &&
  frame.action === before.action &&
  isDeepStrictEqual(frame.payload, before.payload);

/** What is remembered of a charge point while it is connected. */
interface Line {
  thingName: string;
  connectionId: string;
  version: OcppVersion;
  /** Ends when the CALLs in hand are answered; null when there are none. */
  tail: Promise<void> | null;
  lastAnswered: { frame: CallFrame; text: string } | null;
}

/**
 * In OCPP 1.6 what is refused a few times is thrown away: the end and the meter of a session that began while it was
 * accepted are taken also from a charge point that is held back. @see OCPP 1.6 §4.2 and §9.1 TransactionMessageAttempts
 */
const isPastSession = (version: OcppVersion, action: string): boolean =>
  version === 'ocpp1.6' && (action === 'StopTransaction' || action === 'MeterValues');

export interface Responder {
  /** @param first what is done before its CALLs are taken */
  moved(thingName: string, presence: Presence, first: (() => Promise<void>) | null): void;
  answer(thingName: string, frame: CallFrame, violations: readonly Violation[]): void;
  /** Takes what is never answered, in turn with the CALLs. */
  hear(thingName: string, frame: SendFrame, violations: readonly Violation[]): void;
  /** Does something when what came so far is taken. */
  behind(thingName: string, work: () => Promise<void>): Promise<void>;
  idle(): Promise<void>;
}

type ResponderOptions = Omit<CsmsOptions, 'routes' | 'presences'> & { routes: RouteTable };

/**
 * Find, check, handle, check: one charge point's CALLs in order, without regard to the others. What needs no storing is
 * answered in the same tick.
 */
export function createResponder(options: ResponderOptions): Responder {
  const { bus, validator, routes, sends, boots, tolerances, stationOf, commands, now, logger, onAnswer } = options;
  const lines = new Map<string, Line>();

  function take(line: Line, frame: CallFrame, violations: readonly Violation[]): Promise<void> | null {
    if (line.lastAnswered !== null && isSentAgain(frame, line.lastAnswered.frame)) {
      publish(line, line.lastAnswered.text);
      return null;
    }
    const startedAt = now();
    if (!boots.maySend(line.thingName, frame.action) && !isPastSession(line.version, frame.action)) {
      refuse(line, frame, { code: 'SecurityError', description: 'Not accepted yet', startedAt });
      return null;
    }
    const handle = routes[line.version].get(frame.action);
    if (handle === undefined) {
      const isKnown = isAction(line.version, frame.action);
      const description = isKnown ? 'This action is not served' : 'No such action';
      refuse(line, frame, { code: 'NotImplemented', description, startedAt });
      return null;
    }
    const refusal = violations.length === 0 ? null : refusalOf(frame.action, violations, toleranceOf(line, frame));
    if (refusal !== null) {
      const description = `${refusal.path || 'The payload'}: ${refusal.message}`;
      refuse(line, frame, { code: refusal.code, description, startedAt });
      return null;
    }
    return run(handle, line, frame, startedAt);
  }

  /** What can not be taken is in the log, marked; nobody is told. */
  function takeSend(line: Line, frame: SendFrame, violations: readonly Violation[]): Promise<void> | null {
    const { thingName, version } = line;
    const handle = sends[version].get(frame.action);
    if (handle === undefined || !boots.maySend(thingName, frame.action)) return null;
    if (violations.length > 0 && refusalOf(frame.action, violations, toleranceOf(line, frame)) !== null) return null;
    return handle(frame.payload, { thingName, version, now: now() });
  }

  /** Asked for frames that break a rule only. A charge point that boots has just said which model it is. */
  function toleranceOf({ thingName }: Line, { action, payload }: CallFrame | SendFrame): Tolerance {
    const station = action === 'BootNotification' ? readStation(membersOf(payload)) : stationOf(thingName);
    return tolerances.of(thingName, station).mode;
  }

  function run(handle: CheckedHandler, line: Line, frame: CallFrame, startedAt: number): Promise<void> | null {
    try {
      const answer = handle(frame.payload, { thingName: line.thingName, version: line.version, now: startedAt });
      if (!(answer instanceof Promise)) {
        complete(line, frame, answer, startedAt);
        return null;
      }
      return answer.then(
        (payload) => complete(line, frame, payload, startedAt),
        (error: unknown) => fail(line, frame, error, startedAt),
      );
    } catch (error) {
      fail(line, frame, error, startedAt);
      return null;
    }
  }

  function complete(line: Line, frame: CallFrame, payload: unknown, startedAt: number): void {
    const { version } = line;
    const { messageId, action } = frame;
    const violations = validator.validate(version, action, 'response', payload, 'out');
    if (violations.length > 0) {
      fail(line, frame, new Error(`The answer breaks its schema: ${violations[0]?.message}`), startedAt);
      return;
    }
    const text = encodeResult(messageId, payload);
    const decoded = { ok: true as const, frame: { kind: 'result' as const, messageId, payload } };
    line.lastAnswered = { frame, text };
    if (isCurrent(line)) {
      bus.publish({ topic: outTopic(line.thingName), text, inspected: { decoded, violations } });
      if (action === 'BootNotification' && (payload as { status?: unknown }).status === 'Accepted')
        commands.booted(line.thingName);
    }
    onAnswer?.({ version, action, errorCode: null, tookMs: now() - startedAt });
  }

  function fail(line: Line, frame: CallFrame, error: unknown, startedAt: number): void {
    logger.error({ err: error, thingName: line.thingName, action: frame.action }, 'A CALL could not be handled');
    // Not remembered as answered: the charge point may well try the same message again.
    refuse(line, frame, { code: 'InternalError', description: 'The message could not be handled', startedAt });
    line.lastAnswered = null;
  }

  function refuse(
    line: Line,
    frame: CallFrame,
    why: { code: OcppErrorCode; description: string; startedAt: number },
  ): void {
    const { version } = line;
    const { messageId, action } = frame;
    const text = encodeError({ messageId, code: why.code, description: why.description }, version);
    line.lastAnswered = { frame, text };
    publish(line, text);
    onAnswer?.({ version, action, errorCode: wireErrorCode(why.code, version), tookMs: now() - why.startedAt });
  }

  function publish(line: Line, text: string): void {
    if (isCurrent(line)) bus.publish({ topic: outTopic(line.thingName), text });
  }

  /** An answer is for the connection that its CALL came on. */
  const isCurrent = (line: Line): boolean => lines.get(line.thingName) === line;

  function chain(line: Line, work: () => Promise<void> | null): void {
    const running = line.tail === null ? work() : line.tail.then(work);
    if (running === null) return;
    const tail: Promise<void> = running
      .then(undefined, (error: unknown) =>
        logger.error({ err: error, thingName: line.thingName }, 'A frame could not be taken'),
      )
      .then(() => {
        if (line.tail === tail) line.tail = null;
      });
    line.tail = tail;
  }

  return {
    moved(thingName, { connectionId, protocol, connected }, first) {
      const line = lines.get(thingName);
      if (line?.connectionId === connectionId) return;
      // What the last connection said is still stored before what this one says.
      if (connected) {
        const next = {
          thingName,
          connectionId,
          version: protocol,
          tail: line?.tail ?? null,
          lastAnswered: null,
        };
        lines.set(thingName, next);
        if (first !== null) chain(next, first);
      }
    },
    answer(thingName, frame, violations) {
      const line = lines.get(thingName);
      if (line !== undefined) chain(line, () => take(line, frame, violations));
    },
    hear(thingName, frame, violations) {
      const line = lines.get(thingName);
      if (line !== undefined) chain(line, () => takeSend(line, frame, violations));
    },
    async behind(thingName, work) {
      const line = lines.get(thingName);
      if (line === undefined) return work();
      chain(line, work);
      await line.tail;
    },
    async idle() {
      await Promise.all([...lines.values()].map(({ tail }) => tail));
    },
  };
}
