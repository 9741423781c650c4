import { randomUUID } from 'node:crypto';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { createConfiguration, PASSWORD_SETTING } from './configuration.ts';
import { type ConnectionContext, type ServeOutcome, serveConnection } from './connection.ts';
import { createStation } from './create-station.ts';
import { createFileTransfer, type FileTransfer } from './firmware-and-logs.ts';
import type { SeenFrame } from './frame-line.ts';
import { DEFAULT_HARDWARE, type Hardware } from './hardware.ts';
import { type OpenOutcome, openSocket } from './open-socket.ts';
import { createOutbox } from './outbox.ts';
import { backOffMs, pause } from './pause.ts';
import { DEFAULT_TIMINGS, type Scenario, type Timings } from './scenarios.ts';

export interface SimulatedChargePointOptions {
  /** Without the identity: `ws://localhost:8080/ocpp`. */
  url: string;
  id: string;
  protocol: OcppVersion;
  password?: string;
  hardware?: Partial<Hardware>;
  scenario?: Scenario;
  /** The card that the simulated driver holds to the reader. Without one, it charges also when the CSMS refuses. */
  idToken?: string;
  timings?: Partial<Timings>;
  /** How it fetches firmware and puts logs. Default: over HTTP, from and to anywhere. */
  files?: FileTransfer;
  onFrame?: (frame: SeenFrame) => void;
  onEvent?: (event: ChargePointEvent) => void;
  now?: () => number;
  newId?: () => string;
  random?: () => number;
}

export type ChargePointEvent =
  | { kind: 'connected' }
  | { kind: 'booted'; heartbeatSeconds: number }
  | { kind: 'not-yet-accepted'; status: string; retrySeconds: number }
  | { kind: 'token-refused'; idToken: string; status: string; chargesAnyway: boolean }
  | { kind: 'disconnected' }
  | { kind: 'retrying'; reason: string; seconds: number };

export type Ending =
  | { kind: 'stopped' }
  | { kind: 'refused'; status: number }
  | { kind: 'no-common-protocol' }
  | { kind: 'not-a-sandbox' }
  /** The first connection did not come about. Later ones are tried again and again. */
  | { kind: 'unreachable'; reason: string };

export interface SimulatedChargePoint {
  /** Ends a running session, says goodbye, and settles when the socket is closed. */
  stop(): Promise<void>;
  readonly ended: Promise<Ending>;
}

const GOODBYE_MS = 3_000;

/** A charge point that lives until it is stopped: connects, boots, beats, answers, and comes back when cut off. */
export function startSimulatedChargePoint(options: SimulatedChargePointOptions): SimulatedChargePoint {
  const { now = Date.now, newId = randomUUID, onFrame, onEvent } = options;
  const halt = new AbortController();
  const outbox = createOutbox();
  const configuration = createConfiguration(options.protocol);
  const { station, dialect, endSessions, takeRestart } = createStation({
    version: options.protocol,
    hardware: { ...DEFAULT_HARDWARE, ...options.hardware },
    configuration,
    outbox,
    files: options.files ?? createFileTransfer(),
    now,
    newId,
    onTokenRefused: ({ idToken, freeForAll = false }, status) =>
      onEvent?.({ kind: 'token-refused', idToken, status, chargesAnyway: freeForAll }),
  });
  const context: ConnectionContext = {
    station,
    dialect,
    outbox,
    takeRestart,
    bootReason: 'PowerUp',
    scenario: {
      name: options.scenario ?? 'idle',
      idToken: options.idToken ?? null,
      timings: { ...DEFAULT_TIMINGS, ...options.timings },
    },
    onFrame: (direction, text) => onFrame?.({ direction, text, at: now() }),
    onEvent: (event) => onEvent?.(event),
    signal: halt.signal,
  };
  // A password that the CSMS set counts from the next connection on.
  let password: Buffer | null = options.password === undefined ? null : Buffer.from(options.password, 'utf8');
  configuration.onChange(({ name, value }) => {
    if (name === PASSWORD_SETTING[options.protocol]) password = newPassword(options.protocol, value);
  });

  const ended = live({
    open: () => openSocket({ ...options, password, signal: halt.signal }),
    serve: (socket) => serveConnection(context, socket),
    retrying: (reason, seconds) => onEvent?.({ kind: 'retrying', reason, seconds }),
    random: options.random ?? Math.random,
    restartMs: context.scenario?.timings.restartMs ?? DEFAULT_TIMINGS.restartMs,
    signal: halt.signal,
  }).finally(() => outbox.shut());

  return {
    ended,
    async stop() {
      await Promise.race([endSessions('Local'), pause(GOODBYE_MS, halt.signal), ended]);
      outbox.shut();
      halt.abort();
      await ended;
    },
  };
}

interface Life {
  open(): Promise<OpenOutcome>;
  serve(socket: Extract<OpenOutcome, { kind: 'open' }>['socket']): Promise<ServeOutcome>;
  retrying(reason: string, seconds: number): void;
  random(): number;
  restartMs: number;
  signal: AbortSignal;
}

async function live({ open, serve, retrying, random, restartMs, signal }: Life): Promise<Ending> {
  let everConnected = false;
  let attempt = 0;
  while (!signal.aborted) {
    const outcome = await open();
    if (signal.aborted) {
      if (outcome.kind === 'open') outcome.socket.terminate();
      break;
    }
    let wait: { reason: string; ms: number };
    if (outcome.kind === 'open') {
      everConnected = true;
      const served = await serve(outcome.socket);
      attempt = served.booted ? 0 : attempt + 1;
      wait = { reason: served.restarts ? 'restarting' : 'connection lost', ms: backOffMs(attempt, random) };
      if (served.restarts) wait.ms = restartMs;
    } else {
      const reason = tryAgainReason(outcome, everConnected);
      if (reason === null) return outcome;
      wait = { reason, ms: backOffMs(attempt++, random) };
    }
    if (signal.aborted) break;
    retrying(wait.reason, Math.round(wait.ms / 100) / 10);
    await pause(wait.ms, signal);
  }
  return { kind: 'stopped' };
}

/** A server that is going down or overloaded says so (503, 429); one that we have reached before may be restarting. */
function tryAgainReason(outcome: Exclude<OpenOutcome, { kind: 'open' }>, everConnected: boolean): string | null {
  if (outcome.kind === 'unreachable') return everConnected ? outcome.reason : null;
  if (outcome.kind !== 'refused') return null;
  return outcome.status === 429 || outcome.status >= 500 ? `HTTP ${outcome.status}` : null;
}

/** A 1.6 key travels as hexadecimal digits and is used as raw bytes. @see OCPP 1.6 security whitepaper, A00 */
function newPassword(version: OcppVersion, value: string): Buffer {
  const isHex = version === 'ocpp1.6' && value.length % 2 === 0 && /^[0-9a-f]+$/i.test(value);
  return Buffer.from(value, isHex ? 'hex' : 'utf8');
}
