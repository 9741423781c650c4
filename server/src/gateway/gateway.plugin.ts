import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RefusalReason } from '@cpo-console/shared/message-log/log-row.ts';
import type {} from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { BusMessage } from '../bus/message-bus.ts';
import { isNewer, type Presence, readPresence } from '../bus/presence.ts';
import { ALL_OUT, ALL_PRESENCE, isInTopic, presenceTopic, thingOfTopic } from '../bus/topics.ts';
import type { Config } from '../config/config.ts';
import type { Instances } from '../instances/instances.ts';
import type { Registry } from '../registry/registry.ts';
import {
  ChargePointConnection,
  type ConnectionFacts,
  type ConnectionParts,
} from './connection/charge-point-connection.ts';
import { ConnectionRegistry } from './connection/connection-registry.ts';
import { createEpochs } from './connection/epochs.ts';
import { listenTo } from './connection/listen-to.ts';
import { type AdmissionOutcome, admit } from './handshake/admit.ts';
import { AttemptLimit } from './handshake/attempt-limit.ts';
import { hangUpWhenAnswered } from './handshake/hang-up-when-answered.ts';
import { createKeepRefusal } from './handshake/keep-refusal.ts';
import { canTell } from './handshake/look-up.ts';
import { isOcppVersion, negotiateVersion, offeredProtocols } from './handshake/negotiate-version.ts';
import { asksForSandbox, sayItIsSandbox } from './handshake/sandbox-only.ts';
import { strayUpgrade } from './handshake/stray-upgrade.ts';
import { createTakeovers } from './handshake/takeovers.ts';
import { shownCertificate } from './tls/shown-certificate.ts';

export interface GatewayOptions extends Omit<ConnectionParts, 'callTimeoutMs' | 'msPerFrame' | 'onClosed'> {
  config: Pick<Config, 'ocppPath' | 'tls' | 'pingIntervalSeconds' | 'callTimeoutSeconds' | 'maxFramesPerSecond'>;
  registry: Registry;
  /** Names this process among the gateways. */
  instance: string;
  /** The other ones; null: there are none. */
  instances: Pick<Instances, 'onCome'> | null;
  newId: () => string;
}

const TICK_MS = 1_000;
const CLOSE_JITTER_MS = 2_000;
const CLOSE_PATIENCE_MS = 5_000;

type OcppRequest = FastifyRequest<{ Params: { identity: string } }>;

/** Charge points connect here: `GET <ocppPath>/<identity>`. */
export async function gatewayPlugin(app: FastifyInstance, options: GatewayOptions): Promise<void> {
  const { config, registry, bus, log, now } = options;
  const connections = new ConnectionRegistry();
  const attempts = new AttemptLimit();
  const epochs = createEpochs(now);
  const takeovers = createTakeovers({ holderOf: (thingName) => connections.get(thingName), now });
  /** What those that may connect have shown. */
  const admissions = new WeakMap<OcppRequest, Extract<AdmissionOutcome, { admitted: true }>>();
  const parts: ConnectionParts = {
    ...options,
    callTimeoutMs: config.callTimeoutSeconds * 1_000,
    msPerFrame: 1_000 / config.maxFramesPerSecond,
    onClosed: (connection) => {
      connections.remove(connection);
      announce(connection.facts, false);
      releases.get(connection)?.();
    },
  };
  /** Ends what the bus does for a connection. */
  const releases = new WeakMap<ChargePointConnection, () => void>();
  let stopping = false;

  const keepRefusal = createKeepRefusal({ log, now });
  const refuse = ({ params, ip, headers }: OcppRequest, reason: RefusalReason): void =>
    keepRefusal(params.identity, { reason, remoteAddress: ip, offered: headers['sec-websocket-protocol'] });

  const admitNow = ({ params, headers, raw, protocol }: OcppRequest): AdmissionOutcome => {
    if (stopping) return { admitted: false, status: 503, reason: 'shutting-down' };
    const certificate = shownCertificate(raw.socket, config.tls?.clientOrganization ?? null);
    const { authorization } = headers;
    return admit(
      { identity: params.identity, authorization, certificate, encrypted: protocol === 'https', now: now() },
      { registry, attempts },
    );
  };

  const admitInTurn = async (request: OcppRequest): Promise<AdmissionOutcome> => {
    const { identity } = request.params;
    const outcome = admitNow(request);
    if (!outcome.admitted) return outcome;
    const asked = takeovers.ask(identity, outcome.credential);
    if (asked === 'free') return outcome;
    const takeover = await asked;
    // While it waited its password may have been changed, or the gateway told to stop.
    const later = admitNow(request);
    if (!later.admitted || takeover === 'free') return later;
    if (takeover !== 'conflict') return { admitted: false, status: 409, reason: 'identity-conflict' };
    const older = connections.get(identity);
    older?.logEvent('identity-conflict', {
      remoteAddress: request.ip,
      olderRemoteAddress: older.facts.remoteAddress,
    });
    return later;
  };

  const handshake = async (request: OcppRequest, reply: FastifyReply): Promise<void> => {
    if (!request.ws) return;
    if (!(await canTell(registry, request.params.identity))) {
      refuse(request, 'registry-unavailable');
      await reply.code(503).header('retry-after', '30').send();
      return;
    }
    const isNoSandbox = asksForSandbox(request.headers) && registry.get(request.params.identity)?.sandbox === false;
    const offered = offeredProtocols(request.headers['sec-websocket-protocol']);
    // Who will not stay in any case asks nobody to give way.
    const mayStay = !isNoSandbox && negotiateVersion(offered) !== null;
    const outcome = mayStay ? await admitInTurn(request) : admitNow(request);
    if (outcome.admitted && isNoSandbox) {
      await reply.code(412).send();
      return;
    }
    if (outcome.admitted) {
      admissions.set(request, outcome);
      return;
    }
    refuse(request, outcome.reason);
    if (outcome.status === 401) reply.header('www-authenticate', 'Basic realm="OCPP"');
    if (outcome.status === 429) reply.header('retry-after', '60');
    await reply.code(outcome.status).send();
  };

  const accept = (socket: WebSocket, request: OcppRequest): void => {
    forgetHandshake(socket, request);
    const protocol = socket.protocol;
    if (!isOcppVersion(protocol)) {
      socket.on('error', ignore);
      refuse(request, 'no-common-subprotocol');
      socket.close(1002, 'No common OCPP subprotocol');
      return;
    }
    const admission = admissions.get(request);
    const thingName = request.params.identity;
    // What can't be stored now is reached again with the next connection.
    if (admission !== undefined) void registry.reachProfile(thingName, admission.profile).catch(ignore);
    open(socket, {
      thingName,
      connectionId: options.newId(),
      protocol,
      epoch: epochs.next(),
      remoteAddress: request.ip,
      credential: admission?.credential ?? null,
    });
  };

  const open = (socket: WebSocket, facts: ConnectionFacts): void => {
    const connection = new ChargePointConnection(socket, facts, parts);
    listenTo(socket, connection);
    connections.add(connection);
    connection.logEvent('connected', {
      protocol: facts.protocol,
      remoteAddress: facts.remoteAddress,
      instance: options.instance,
    });
    releases.set(
      connection,
      bus.hold(facts.thingName, () => connections.handOver(connection)),
    );
    announce(facts, true);
  };

  const announce = (facts: ConnectionFacts, connected: boolean): void => {
    const { connectionId, epoch, protocol, remoteAddress } = facts;
    const presence: Presence = { connectionId, instance: options.instance, epoch, connected, protocol, remoteAddress };
    bus.publish({ topic: presenceTopic(facts.thingName), text: JSON.stringify(presence), presence });
  };

  /** A charge point has one live connection among all gateways: the newest. */
  const hearOfOthers = ({ topic, text, presence: known }: BusMessage): void => {
    const presence = known ?? readPresence(text);
    if (presence === null || presence.instance === options.instance) return;
    epochs.hear(presence.epoch);
    const mine = connections.get(thingOfTopic(topic));
    if (mine === undefined || !presence.connected) return;
    if (isNewer(presence, { instance: options.instance, epoch: mine.facts.epoch })) connections.handOver(mine);
    // The other one had not heard of ours.
    else announce(mine.facts, true);
  };

  options.instances?.onCome(() => {
    for (const { facts } of connections.all()) announce(facts, true);
  });

  const unsubscribe = await Promise.all([
    bus.subscribe(ALL_PRESENCE, hearOfOthers),
    bus.subscribe(ALL_OUT, (message) => connections.get(thingOfTopic(message.topic))?.deliver(message)),
  ]);
  const stopHearing = bus.onLost((message) => {
    if (isInTopic(message.topic)) connections.get(thingOfTopic(message.topic))?.notCarried(message);
  });
  const stopWatching = registry.onChange(({ thingName, kind }) => {
    if (kind === 'removed') connections.get(thingName)?.close(1008, 'No longer registered');
  });
  const ticking = setInterval(() => {
    const at = now();
    for (const connection of connections.all()) connection.tick(at, config.pingIntervalSeconds * 1_000);
  }, TICK_MS);

  app.websocketServer.on('headers', (lines, request) => sayItIsSandbox(lines, request.headers));

  const noteStray = ({ url = '', headers, socket }: IncomingMessage): void => {
    const stray = strayUpgrade(url, config.ocppPath);
    if (stray === null) return;
    const { remoteAddress = '' } = socket;
    keepRefusal(stray.name, { reason: stray.reason, remoteAddress, offered: headers['sec-websocket-protocol'] });
  };
  app.server.on('upgrade', noteStray);
  app.server.on('upgrade', hangUpWhenAnswered);

  // Some charge points put a slash behind whatever address they are given.
  for (const path of [`${config.ocppPath}/:identity`, `${config.ocppPath}/:identity/`]) {
    app.get<{ Params: { identity: string } }>(
      path,
      { websocket: true, preValidation: handshake, logLevel: 'warn', config: { public: true } },
      accept,
    );
  }

  app.addHook('preClose', async () => {
    stopping = true;
    await closeAll(connections);
    clearInterval(ticking);
    stopWatching();
    stopHearing();
    await Promise.all(unsubscribe.map((stop) => stop()));
  });
}

/**
 * A connection lives for weeks: without this it would hold its handshake's request and response all that time, as
 * much memory again as the socket itself. An error on the socket is followed by its close, which is logged.
 */
function forgetHandshake(socket: WebSocket, request: OcppRequest): void {
  socket.removeAllListeners('error');
  const tcp: Socket & { _httpMessage?: ServerResponse } = request.raw.socket;
  tcp._httpMessage?.detachSocket(tcp);
}

function ignore(): void {}

/** With jitter, so that a fleet does not come back all at once. Those that do not answer the close are cut off. */
async function closeAll(connections: ConnectionRegistry): Promise<void> {
  const jitterMs = Math.min(CLOSE_JITTER_MS, connections.size * 2);
  for (const connection of connections.all()) {
    setTimeout(() => connection.close(1001, 'Going away'), Math.random() * jitterMs);
  }
  const deadline = Date.now() + jitterMs + CLOSE_PATIENCE_MS;
  while (connections.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const connection of connections.all()) connection.terminate();
}
