import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import mqttPacket from 'mqtt-packet';

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
  /** Ends the connections, with a reason code or without a word. */
  disconnect(reasonCode?: number): void;
  close(): Promise<void>;
}

const PROPERTY = 'cpo-console';
const VERSION = { protocolVersion: 5 } as const;

export async function startScriptedBroker(): Promise<ScriptedBroker> {
  const answers: ScriptedBroker['answers'] = { connect: 0, subscribe: () => 1, publish: 0 };
  const heard: string[] = [];
  const published: { text: string; number: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let deliveries = 0;
  const send = (socket: Socket, packet: mqttPacket.Packet): unknown =>
    socket.write(mqttPacket.generate(packet, VERSION));

  function answer(socket: Socket, packet: mqttPacket.Packet, connection: number): void {
    const { messageId } = packet;
    const note = (what: string): unknown => heard.push(`${connection} ${what}`);
    if (packet.cmd === 'connect') {
      note('CONNECT');
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

  const server = createServer((socket) => {
    connections += 1;
    const connection = connections;
    const parser = mqttPacket.parser(VERSION);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (data) => parser.parse(data));
    parser.on('packet', (packet) => answer(socket, packet, connection));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as { port: number }).port,
    answers,
    heard,
    published,
    deliver(topic, text, number) {
      deliveries += 1;
      const properties = number === undefined ? {} : { properties: { userProperties: { [PROPERTY]: number } } };
      const packet = { cmd: 'publish', topic, payload: text, qos: 1, dup: false, retain: false } as const;
      for (const socket of sockets) send(socket, { ...packet, messageId: deliveries, ...properties });
    },
    disconnect(reasonCode) {
      for (const socket of sockets) {
        if (reasonCode === undefined) socket.destroy();
        else {
          send(socket, { cmd: 'disconnect', reasonCode });
          socket.end();
        }
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function numberOf({ properties }: mqttPacket.IPublishPacket): string | undefined {
  const value = properties?.userProperties?.[PROPERTY];
  return Array.isArray(value) ? value[0] : value;
}
