import WebSocket from 'ws';
import { SCRIPTS, type ScriptedVersion, type Step, type ToldSession } from './session-script.ts';

/** A frame of a charge point that a CALLRESULT came for. */
export interface Acknowledged {
  thingName: string;
  messageId: string;
  call: string;
  answer: string;
}

export interface Heard {
  acknowledged(frame: Acknowledged): void;
  /** A CALLERROR came: the charge point keeps its record. */
  refused(code: string): void;
  session(session: ToldSession): void;
}

/** A charge point does not come back or say it again at once. */
const AGAIN_AFTER_MS = 100;

/** Says one thing after the other, each until it is acknowledged, and comes back when the connection is lost. */
export class FaultyChargePoint {
  readonly thingName: string;
  readonly #version: ScriptedVersion;
  readonly #port: number;
  readonly #heard: Heard;
  readonly #script: Generator<Step>;
  #step: Step;
  #socket: WebSocket | null = null;
  #sent: { messageId: string; text: string } | null = null;
  #running = false;
  #count = 0;

  constructor(port: number, { thingName, version }: { thingName: string; version: ScriptedVersion }, heard: Heard) {
    this.thingName = thingName;
    this.#version = version;
    this.#port = port;
    this.#heard = heard;
    this.#script = SCRIPTS[version]({ thingName, onSession: (session) => heard.session(session) });
    this.#step = this.#script.next().value as Step;
  }

  go(): void {
    this.#running = true;
    if (this.#socket === null) this.#connect();
  }

  /** Hangs up. What was not acknowledged is said again by the next `go`. */
  halt(): void {
    this.#running = false;
    this.#socket?.terminate();
  }

  isWaiting(): boolean {
    return this.#sent !== null;
  }

  #connect(): void {
    const url = `ws://127.0.0.1:${this.#port}/ocpp/${this.thingName}`;
    const socket = new WebSocket(url, [this.#version], { perMessageDeflate: false });
    this.#socket = socket;
    socket.on('open', () => this.#say());
    socket.on('message', (data) => this.#hear(String(data)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#socket = null;
      this.#sent = null;
      if (this.#running) setTimeout(() => this.#running && this.#socket === null && this.#connect(), AGAIN_AFTER_MS);
    });
  }

  #say(): void {
    if (!this.#running || this.#socket?.readyState !== WebSocket.OPEN) return;
    const messageId = `${this.thingName}-${++this.#count}`;
    const text = JSON.stringify([2, messageId, this.#step.action, this.#step.payload]);
    this.#sent = { messageId, text };
    this.#socket.send(text);
  }

  #hear(answer: string): void {
    const [type, messageId, ...rest] = JSON.parse(answer) as [number, string, ...unknown[]];
    if (type === 2) {
      this.#socket?.send(JSON.stringify([4, messageId, 'NotSupported', '', {}]));
      return;
    }
    if (this.#sent === null || messageId !== this.#sent.messageId) return;
    const { text: call } = this.#sent;
    this.#sent = null;
    if (type === 4) {
      this.#heard.refused(String(rest[0]));
      setTimeout(() => this.#sent === null && this.#say(), AGAIN_AFTER_MS);
      return;
    }
    this.#step.onAnswered?.(rest[0] as object);
    this.#heard.acknowledged({ thingName: this.thingName, messageId, call, answer });
    this.#step = this.#script.next().value as Step;
    this.#say();
  }
}
