import { ACTIONS, isAction } from '@cpo-console/shared/ocpp/actions.ts';
import type { WebSocket } from 'ws';
import { COMMANDS_2 } from './commands-v2.ts';
import { COMMANDS_16 } from './commands-v16.ts';
import { HEARTBEAT_INTERVAL } from './configuration.ts';
import type { Outbox } from './outbox.ts';
import { pause } from './pause.ts';
import { createRpcLink, type Reply, type RpcLink } from './rpc-link.ts';
import { runScenario, type Scenario, type Timings } from './scenarios.ts';
import type { ChargePointEvent } from './simulated-charge-point.ts';
import type { Dialect, Station } from './station.ts';
import { asInteger, asText, type Payload } from './wire-values.ts';

export interface ConnectionContext {
  station: Station;
  dialect: Dialect;
  outbox: Outbox;
  takeRestart(): Promise<void>;
  /** What the next BootNotification says; null while a boot still counts: a reconnect needs none. */
  bootReason: string | null;
  /** Runs once. */
  scenario: { name: Scenario; idToken: string | null; timings: Timings } | null;
  onFrame(direction: 'sent' | 'received', text: string): void;
  onEvent(event: ChargePointEvent): void;
  signal: AbortSignal;
}

export interface ServeOutcome {
  booted: boolean;
  restarts: boolean;
}

const CALL_TIMEOUT_MS = 30_000;
const DEFAULT_INTERVAL_SECONDS = 60;
const BOOT_RETRY_SECONDS = 10;

/** From an open socket to its end: boot where due, then status, heartbeats and answers. */
export async function serveConnection(context: ConnectionContext, socket: WebSocket): Promise<ServeOutcome> {
  const { station, outbox, signal } = context;
  const link = createRpcLink({
    socket,
    version: station.version,
    newId: station.newId,
    answer: (action, payload) => answer(station, action, payload),
    onFrame: context.onFrame,
    callTimeoutMs: CALL_TIMEOUT_MS,
  });
  const gone = new AbortController();
  const end = () => link.close();
  signal.addEventListener('abort', end, { once: true });
  void link.closed.then(() => gone.abort());
  outbox.connected(link);
  socket.resume();
  context.onEvent({ kind: 'connected' });

  void work(context, link, gone.signal);
  const restarts = await Promise.race([link.closed.then(() => false), context.takeRestart().then(() => true)]);
  if (restarts) {
    context.bootReason = 'RemoteReset';
    link.close();
    await link.closed;
  }
  signal.removeEventListener('abort', end);
  outbox.disconnected();
  context.onEvent({ kind: 'disconnected' });
  return { booted: context.bootReason === null, restarts };
}

async function work(context: ConnectionContext, link: RpcLink, gone: AbortSignal): Promise<void> {
  const { station, dialect, outbox } = context;
  if (context.bootReason !== null && !(await boot(context, link, gone))) return;
  outbox.open();
  for (const connector of station.connectors.values()) station.notifyStatus(connector);
  if (context.scenario !== null) {
    const { name, idToken, timings } = context.scenario;
    context.scenario = null;
    void runScenario(name, { station, dialect, idToken, timings, signal: context.signal });
  }
  await beat(station, link, gone);
}

/** Announces the station until it is accepted; false when the connection ended first. */
async function boot(context: ConnectionContext, link: RpcLink, gone: AbortSignal): Promise<boolean> {
  const { station, dialect } = context;
  while (!gone.aborted) {
    const { action, payload } = dialect.boot(station, context.bootReason ?? 'PowerUp');
    const outcome = await link.call(action, payload);
    if (outcome.kind === 'closed') return false;
    const response: Payload = outcome.kind === 'answered' ? outcome.payload : {};
    const interval = asInteger(response.interval) ?? 0;
    if (response.status === 'Accepted') {
      const heartbeatSeconds = interval > 0 ? interval : DEFAULT_INTERVAL_SECONDS;
      station.configuration.change(HEARTBEAT_INTERVAL[station.version], String(heartbeatSeconds));
      context.bootReason = null;
      context.onEvent({ kind: 'booted', heartbeatSeconds });
      return true;
    }
    const status = asText(response.status) ?? (outcome.kind === 'refused' ? outcome.code : 'no usable answer');
    const retrySeconds = interval > 0 ? interval : BOOT_RETRY_SECONDS;
    context.onEvent({ kind: 'not-yet-accepted', status, retrySeconds });
    await pauseUntilTriggered(context, retrySeconds, gone);
  }
  return false;
}

/** @see OCPP 2.0.1 part 2, B02.FR.02: the CSMS may trigger the next try. */
async function pauseUntilTriggered(context: ConnectionContext, seconds: number, gone: AbortSignal): Promise<void> {
  const triggered = new AbortController();
  context.station.pendingBoot.retryNow = () => {
    context.bootReason = 'Triggered';
    triggered.abort();
  };
  await pause(seconds * 1_000, AbortSignal.any([gone, triggered.signal]));
  context.station.pendingBoot.retryNow = null;
}

async function beat(station: Station, link: RpcLink, gone: AbortSignal): Promise<void> {
  const name = HEARTBEAT_INTERVAL[station.version];
  let changed = new AbortController();
  const forget = station.configuration.onChange((setting) => {
    if (setting.name === name) changed.abort();
  });
  while (!gone.aborted) {
    const seconds = station.configuration.number(name, DEFAULT_INTERVAL_SECONDS);
    if (await pause(seconds * 1_000, AbortSignal.any([gone, changed.signal]))) await link.call('Heartbeat', {});
    else if (changed.signal.aborted) changed = new AbortController();
  }
  forget();
}

function answer(station: Station, action: string, payload: Payload): Reply {
  const command = (station.version === 'ocpp1.6' ? COMMANDS_16 : COMMANDS_2).get(action);
  if (command !== undefined && isSentByCsms(station, action)) return command(station, payload);
  return isSentByCsms(station, action)
    ? { kind: 'error', code: 'NotSupported', description: 'This simulated charge point does not support it.' }
    : { kind: 'error', code: 'NotImplemented', description: 'No such request to a charge point in this version.' };
}

function isSentByCsms({ version }: Station, action: string): boolean {
  return isAction(version, action) && ACTIONS[version][action]?.from !== 'charge-point';
}
