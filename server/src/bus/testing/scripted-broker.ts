import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import mqttPacket from 'mqtt-packet';
import { createWebSocketStream, WebSocketServer } from 'ws';

/** An MQTT 5 broker that says what a test wants it to say, above all what real ones say rarely. */
export interface ScriptedBroker {
  readonly port: number;
  /** Reason codes of its answers, to be changed at any time; null: it does not answer. */
  readonly answers: { connect: number; subscribe: (filter: string) => number; publish: number | null };
  /** What it was sent, in order: `1 SUBSCRIBE +/out`, the number being the connection's. */
  readonly heard: readonly string[];
  /** What was published, with the user properties. */
  readonly published: readonly { text: string; number: string | undefined }[];
  /** Publishes to whoever is connected. */
  deliver(topic: string, text: string, number?: string): void;
  /** The addresses that WebSockets were opened with. */
  readonly urls: readonly string[];
  /** Ends the connections, or the one with that number, with a reason code or without a word. */
  disconnect(reasonCode?: number, connection?: number): void;
  close(): Promise<void>;
}

const PROPERTY = 'cpo-console';
const VERSION = { protocolVersion: 5 } as const;

export async function startScriptedBroker({ websocket = false } = {}): Promise<ScriptedBroker> {
  const answers: ScriptedBroker['answers'] = { connect: 0, subscribe: () => 1, publish: 0 };
  const heard: string[] = [];
  const published: { text: string; number: string | undefined }[] = [];
  const urls: string[] = [];
  const sockets = new Map<Duplex, number>();
  let connections = 0;
  let deliveries = 0;
  const send = (socket: Duplex, packet: mqttPacket.Packet): unknown =>
    socket.write(mqttPacket.generate(packet, VERSION));

  function answer(socket: Duplex, packet: mqttPacket.Packet, connection: number): void {
    const { messageId } = packet;
    const note = (what: string): unknown => heard.push(`${connection} ${what}`);
    if (packet.cmd === 'connect') {
      note(packet.clientId.startsWith('cpo-console-') ? 'CONNECT' : `CONNECT ${packet.clientId}`);
      send(socket, { cmd: 'connack', reasonCode: answers.connect, sessionPresent: false });
    } else if (packet.cmd === 'subscribe') {
      const filters = packet.subscriptions.map(({ topic }) => topic);
      for (const filter of filters) note(`SUBSCRIBE ${filter}`);
      send(socket, { cmd: 'suback', granted: filters.map(answers.subscribe), ...(messageId && { messageId }) });
    } else if (packet.cmd === 'publish') {
      const text = packet.payload.toString();
      note(`PUBLISH ${text}`);
      published.push({ text, number: numberOf(packet) });
      const reasonCode = answers.publish;
      if (reasonCode !== null) send(socket, { cmd: 'puback', reasonCode, ...(messageId && { messageId }) });
    } else if (packet.cmd === 'pingreq') send(socket, { cmd: 'pingresp' });
    else if (packet.cmd === 'unsubscribe') {
      send(socket, { cmd: 'unsuback', granted: [0], ...(messageId && { messageId }) } as mqttPacket.Packet);
    }
  }

  function take(socket: Duplex): void {
    connections += 1;
    const connection = connections;
    const parser = mqttPacket.parser(VERSION);
    sockets.set(socket, connection);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (data) => parser.parse(data));
    parser.on('packet', (packet) => answer(socket, packet, connection));
  }

  const server = websocket ? createHttpServer() : createServer(take);
  if (websocket) {
    const upgrades = new WebSocketServer({ server: server as ReturnType<typeof createHttpServer> });
    upgrades.on('connection', (socket, { url = '' }) => {
      urls.push(url);
      take(createWebSocketStream(socket));
    });
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as { port: number }).port,
    answers,
    heard,
    published,
    urls,
    deliver(topic, text, number) {
      deliveries += 1;
      const properties = number === undefined ? {} : { properties: { userProperties: { [PROPERTY]: number } } };
      const packet = { cmd: 'publish', topic, payload: text, qos: 1, dup: false, retain: false } as const;
      for (const socket of sockets.keys()) send(socket, { ...packet, messageId: deliveries, ...properties });
    },
    disconnect(reasonCode, only) {
      for (const [socket, connection] of sockets) {
        if (only !== undefined && connection !== only) continue;
        if (reasonCode === undefined) socket.destroy();
        else {
          send(socket, { cmd: 'disconnect', reasonCode });
          socket.end();
        }
      }
    },
    async close() {
      for (const socket of sockets.keys()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function numberOf({ properties }: mqttPacket.IPublishPacket): string | undefined {
  const value = properties?.userProperties?.[PROPERTY];
  return Array.isArray(value) ? value[0] : value;
}
