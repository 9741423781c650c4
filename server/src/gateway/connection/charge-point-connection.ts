import type { LogEvent, LogEventName, LogKind, LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { Validator } from '@cpo-console/shared/ocpp/validate.ts';
import { encodeError } from '@cpo-console/shared/ocpp-j/encode-frame.ts';
import { wireErrorCode } from '@cpo-console/shared/ocpp-j/error-codes.ts';
import type { DecodedFrame, Frame, OcppErrorCode, OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { type InspectedFrame, inspectFrame } from '@cpo-console/shared/ocpp-j/inspect-frame.ts';
import type { WebSocket } from 'ws';
import type { BusMessage, MessageBus } from '../../bus/message-bus.ts';
import { inTopic } from '../../bus/topics.ts';
import { maskSecrets } from '../../message-log/mask-secrets.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import type { Admission } from '../../registry/registry.ts';
import { answersPing } from './answers-ping.ts';
import { CallQueue } from './call-queue.ts';
import { type ConnectionEnd, endByFault } from './connection-end.ts';
import { PendingCalls } from './pending-calls.ts';

export interface ConnectionParts {
  bus: MessageBus;
  log: MessageLog;
  validator: Validator;
  now: () => number;
  callTimeoutMs: number;
  /** At the highest rate at which a charge point is read for long. */
  msPerFrame: number;
  /** Its socket has closed, and the log says so. */
  onClosed: (connection: ChargePointConnection) => void;
}

export interface ConnectionFacts {
  thingName: string;
  connectionId: string;
  protocol: OcppVersion;
  /** Rises with every connection of the thing. */
  epoch: number;
  remoteAddress: string;
  credential: Extract<Admission, { admitted: true }>['credential'];
}

/** CALLs of a charge point that wait for our answer before its socket is left unread. */
const MAX_PENDING = 16;
/** A charge point that leaves this much unread is not read either, and cut off after STALLED_MS. */
const UNREAD_BYTES = 256 * 1024;
const STALLED_MS = 10_000;
/** How far a charge point may be ahead of the highest rate: it tells all its connectors at once, or what it kept while it was offline. */
const BURST_MS = 2_000;

const KIND_IN_LOG: Record<Frame['kind'], LogKind> = {
  call: 'call',
  result: 'result',
  error: 'error',
  'result-error': 'error',
  send: 'send',
};

/** One WebSocket of one charge point: what it says goes to the log and the bus, what the bus brings goes to it. */
export class ChargePointConnection {
  readonly facts: ConnectionFacts;
  readonly #socket: WebSocket;
  readonly #parts: ConnectionParts;
  readonly #pending = new PendingCalls();
  /** Made when the first CALL is to go out: many charge points are never asked anything. */
  #calls: CallQueue | null = null;
  /** Why it ends, where that is known before the socket closes. */
  #end: ConnectionEnd | null = null;
  /** A newer connection speaks for the charge point. */
  #isReplaced = false;
  #stalledSince: number | null = null;
  /** When what it has sent so far would have come at the highest rate. */
  #paidUntil = 0;
  #answeredPing = true;
  #nextPingAt: number;

  constructor(socket: WebSocket, facts: ConnectionFacts, parts: ConnectionParts) {
    this.#socket = socket;
    this.facts = facts;
    this.#parts = parts;
    this.#nextPingAt = parts.now();
  }

  /** A frame from the charge point. */
  receive(data: Buffer, isBinary: boolean): void {
    this.count();
    if (isBinary) {
      this.#append({ direction: 'in', kind: 'malformed', frame: `(binary, ${data.length} bytes)` });
      this.close(1003, 'OCPP-J frames are text');
      return;
    }
    const text = data.toString('utf8');
    const outstanding = this.#calls?.outstanding ?? null;
    const inspected = inspectFrame(text, {
      version: this.facts.protocol,
      validator: this.#parts.validator,
      direction: 'in',
      actionOf: (messageId) => (outstanding?.messageId === messageId ? outstanding.action : undefined),
    });
    const { decoded } = inspected;
    if (!decoded.ok) this.#receiveMalformed(text, decoded);
    else this.#receiveFrame(text, decoded.frame, inspected);
  }

  /** Something came that costs time: a frame, a ping. */
  count(): void {
    const now = this.#parts.now();
    this.#paidUntil = Math.max(this.#paidUntil, now) + this.#parts.msPerFrame;
    if (this.#isAhead(now)) this.#socket.pause();
  }

  /** A frame from the bus. */
  deliver(message: BusMessage): void {
    const inspected =
      message.inspected ??
      inspectFrame(message.text, {
        version: this.facts.protocol,
        validator: this.#parts.validator,
        direction: 'out',
        actionOf: (messageId) => this.#pending.get(messageId)?.action,
      });
    const { decoded, violations } = inspected;
    if (!decoded.ok) return this.#undelivered(message.text, `Not an OCPP-J frame: ${decoded.defect}`);
    const first = violations[0];
    if (first)
      return this.#undelivered(message.text, `Breaks its schema at ${first.path || 'the payload'}: ${first.message}`);
    const { frame } = decoded;
    if (frame.kind === 'call') {
      const now = this.#parts.now();
      const giveUpAt = now + (message.answerWithinMs ?? this.#parts.callTimeoutMs);
      const call = { messageId: frame.messageId, action: frame.action, text: message.text, inspected, giveUpAt };
      this.#calls ??= new CallQueue();
      if (!this.#calls.offer(call)) this.#undelivered(message.text, 'Too many CALLs wait, or the message id does');
      this.#sendNext(now);
    } else if (frame.kind === 'send') {
      this.#append({
        direction: 'out',
        kind: 'send',
        action: frame.action,
        messageId: frame.messageId,
        frame: message.text,
        inspected,
      });
      this.#sendWhenDurable(message.text, null);
    } else {
      this.#deliverAnswer(frame, message.text, inspected);
    }
  }

  /** What it said did not get to where it is answered. */
  notCarried({ inspected }: BusMessage): void {
    const frame = inspected?.decoded.ok === true ? inspected.decoded.frame : null;
    if (frame?.kind !== 'call' || this.#pending.get(frame.messageId) === undefined) return;
    this.#answerError(frame.messageId, 'InternalError', 'The back end can not be reached');
  }

  /** Called once a second or so: pings, gives up CALLs without an answer, cuts off a peer that is gone. */
  tick(now: number, pingIntervalMs: number): void {
    if (this.#calls !== null) this.#giveUpCalls(this.#calls, now);
    for (const { messageId } of this.#pending.overdue(now - this.#parts.callTimeoutMs)) {
      this.#answerError(messageId, 'InternalError', 'The back end did not answer in time');
    }
    if (this.#isStalled(now)) return this.#cutOff('It does not read what it is sent');
    this.#readOn();
    if (now < this.#nextPingAt) return;
    // A peer that we do not read (see MAX_PENDING, BURST_MS) can't show that it is alive.
    if (!this.#answeredPing && !this.#socket.isPaused) return this.#cutOff('It does not answer pings');
    this.#answeredPing = false;
    this.#nextPingAt = now + pingIntervalMs;
    this.#socket.ping();
  }

  pong(): void {
    this.#answeredPing = true;
  }

  close(code: number, reason: string): void {
    this.#end ??= { code, reason };
    this.#socket.close(code, reason);
  }

  /** The socket can't go on: what came breaks RFC 6455, or the network broke. */
  failed(error: Error): void {
    this.#end ??= endByFault(error);
  }

  /** The socket is closed. `seen` is what the WebSocket makes of it. */
  closed(seen: ConnectionEnd): void {
    this.logEvent('disconnected', this.#end ?? seen);
    this.#parts.onClosed(this);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  get credential(): ConnectionFacts['credential'] {
    return this.facts.credential;
  }

  answersPing(withinMs: number): Promise<boolean> {
    return answersPing(this.#socket, withinMs);
  }

  giveUp(): void {
    this.#cutOff('It did not answer when the charge point came back on another connection');
  }

  /** What still comes is logged, and nothing else: ids of messages are unique on one connection only. */
  replaced(): void {
    this.#isReplaced = true;
    this.close(1008, 'Replaced by a newer connection of the same identity');
  }

  logEvent<Name extends LogEventName>(name: Name, details: LogEvent[Name]): void {
    this.#append({ direction: 'in', kind: 'event', action: name, frame: JSON.stringify(details) });
  }

  #receiveMalformed(text: string, decoded: Extract<DecodedFrame, { ok: false }>): void {
    const { answer, defect } = decoded;
    const code = answer?.code ?? 'RpcFrameworkError';
    const violations = [{ path: '', rule: 'ocpp-j', message: defect, code }];
    const messageId = answer?.messageId ?? null;
    this.#append({ direction: 'in', kind: 'malformed', messageId, frame: text, decoded, violations });
    if (answer) this.#answerError(answer.messageId, answer.code, defect);
  }

  #receiveFrame(text: string, frame: Frame, inspected: InspectedFrame): void {
    const now = this.#parts.now();
    const { kind, messageId } = frame;
    let action = kind === 'call' || kind === 'send' ? frame.action : null;
    let latencyMs: number | null = null;
    if (kind === 'result' || kind === 'error') {
      const call = this.#calls?.answered(messageId) ?? null;
      action = call?.action ?? null;
      latencyMs = call === null ? null : now - call.sentAt;
    }
    const errorCode = kind === 'error' || kind === 'result-error' ? frame.code : null;
    this.#append({
      direction: 'in',
      kind: KIND_IN_LOG[kind],
      action,
      messageId,
      frame: text,
      latencyMs,
      errorCode,
      inspected,
    });
    if (this.#isReplaced) return;
    if (kind === 'call') {
      // The answer to the first one is on its way and serves both.
      if (this.#pending.get(messageId) !== undefined) return;
      this.#pending.add({ messageId, action: frame.action, at: now });
      if (this.#pending.size >= MAX_PENDING) this.#socket.pause();
    }
    this.#parts.bus.publish({ topic: inTopic(this.facts.thingName), text, inspected });
    this.#sendNext(now);
  }

  #deliverAnswer(frame: Extract<Frame, { messageId: string }>, text: string, inspected: InspectedFrame): void {
    const { messageId, kind } = frame;
    const call = kind === 'result-error' ? null : this.#pending.get(messageId);
    if (call === undefined) return this.#undelivered(text, 'No CALL of the charge point waits for this answer');
    const latencyMs = call === null ? null : this.#parts.now() - call.at;
    const errorCode = kind === 'error' || kind === 'result-error' ? frame.code : null;
    const action = call?.action ?? null;
    this.#append({
      direction: 'out',
      kind: KIND_IN_LOG[kind],
      action,
      messageId,
      frame: text,
      latencyMs,
      errorCode,
      inspected,
    });
    this.#settled(messageId);
    this.#sendWhenDurable(text, messageId);
  }

  #answerError(messageId: string, code: OcppErrorCode, description: string): void {
    const text = encodeError({ messageId, code, description }, this.facts.protocol);
    const call = this.#pending.get(messageId);
    this.#settled(messageId);
    const action = call?.action ?? null;
    const latencyMs = call ? this.#parts.now() - call.at : null;
    const errorCode = wireErrorCode(code, this.facts.protocol);
    this.#append({ direction: 'out', kind: 'error', action, messageId, frame: text, latencyMs, errorCode });
    this.#sendWhenDurable(text, messageId);
  }

  #settled(messageId: string): void {
    this.#pending.remove(messageId);
    this.#readOn();
  }

  #readOn(): void {
    if (!this.#socket.isPaused || this.#pending.size >= MAX_PENDING / 2 || this.#isAhead(this.#parts.now())) return;
    if (this.#socket.bufferedAmount <= UNREAD_BYTES) this.#socket.resume();
  }

  #isAhead(now: number): boolean {
    return this.#paidUntil - now > BURST_MS;
  }

  #cutOff(reason: string): void {
    this.#end ??= { code: 1006, reason };
    this.#socket.terminate();
  }

  #giveUpCalls(calls: CallQueue, now: number): void {
    for (const { text } of calls.giveUp(now)) this.#undelivered(text, 'Its time was over before its turn came');
    this.#sendNext(now);
  }

  #sendNext(now: number): void {
    const call = this.#calls?.next(now) ?? null;
    if (call === null) return;
    const { messageId, action, text, inspected } = call;
    if (this.#socket.readyState !== this.#socket.OPEN) return this.#undelivered(text, 'The connection was closing');
    this.#append({ direction: 'out', kind: 'call', action, messageId, frame: text, inspected });
    this.#sendWhenDurable(text, null);
  }

  /**
   * Nothing leaves before the log has it. An answer that could not be stored must not look like one that was:
   * the charge point keeps its record and tries again.
   */
  #sendWhenDurable(text: string, answering: string | null): void {
    this.#parts.log.whenDurable((failure) => {
      if (failure === null) return this.#send(text);
      if (answering === null) return;
      const description = 'The message could not be stored';
      this.#send(encodeError({ messageId: answering, code: 'InternalError', description }, this.facts.protocol));
    });
  }

  #send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(text);
    // Who does not take our answers gets no more of them.
    if (this.#socket.bufferedAmount > UNREAD_BYTES) this.#socket.pause();
  }

  #isStalled(now: number): boolean {
    if (this.#socket.bufferedAmount <= UNREAD_BYTES) {
      this.#stalledSince = null;
      return false;
    }
    this.#stalledSince ??= now;
    return now - this.#stalledSince >= STALLED_MS;
  }

  #undelivered(frame: string, reason: string): void {
    // As text in a text it would be too well hidden for the log to find its secrets.
    this.logEvent('undelivered', { reason, frame: maskSecrets(frame).frame });
  }

  #append(
    row: Pick<LogRow, 'direction' | 'kind' | 'frame'> &
      Partial<LogRow> & { inspected?: InspectedFrame; decoded?: DecodedFrame },
  ): void {
    const violations = row.violations ?? row.inspected?.violations;
    this.#parts.log.append(
      {
        thingName: this.facts.thingName,
        connectionId: this.facts.connectionId,
        at: this.#parts.now(),
        direction: row.direction,
        kind: row.kind,
        action: row.action ?? null,
        messageId: row.messageId ?? null,
        frame: row.frame,
        latencyMs: row.latencyMs ?? null,
        errorCode: row.errorCode ?? null,
        violations: violations === undefined || violations.length === 0 ? null : [...violations],
      },
      row.inspected?.decoded ?? row.decoded ?? null,
    );
  }
}
