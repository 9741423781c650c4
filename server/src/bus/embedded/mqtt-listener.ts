import { createServer, type Server } from 'node:net';
import { Aedes } from 'aedes';
import type { BusMessage } from '../message-bus.ts';
import { isOutTopic, thingOfTopic } from '../topics.ts';

/** The same ceiling as AWS IoT Core's, so that nothing works here that would not work there. */
const MAX_PAYLOAD_BYTES = 128 * 1024;

export interface MqttListenerOptions {
  host: string;
  port: number;
  isRegistered: (thingName: string) => boolean;
  /** Another program published a frame for a registered thing. */
  onPublished: (message: BusMessage) => void;
}

/** The bus as other programs on this machine see it. */
export interface MqttListener {
  /** Shows a message to whoever listens in. */
  show(message: BusMessage): void;
  trouble(): string | null;
  close(): Promise<void>;
}

/** A broker in this process for any MQTT 3.1.1 client. */
export async function openMqttListener(options: MqttListenerOptions): Promise<MqttListener> {
  const { isRegistered, onPublished } = options;
  const broker = await Aedes.createBroker({
    authorizePublish: (client, packet, callback) => callback(client === null ? null : refusal(packet, isRegistered)),
  });
  broker.on('publish', ({ topic, payload }, client) => {
    if (client !== null && isOutTopic(topic)) onPublished({ topic, text: payload.toString() });
  });
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    broker.handle(socket);
  });
  await listen(server, options);

  return {
    show: ({ topic, text }) =>
      broker.publish({ cmd: 'publish', topic, payload: text, qos: 1, retain: false, dup: false }, noop),
    trouble: () => (broker.closed ? 'The embedded broker is closed' : null),
    async close() {
      await new Promise<void>((resolve) => broker.close(resolve));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function noop(): void {}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

/** From outside only frames to charge points are taken: what a charge point says comes from its own connection. */
function refusal(
  packet: { topic: string; payload: string | Buffer },
  isRegistered: (thingName: string) => boolean,
): Error | null {
  if (Buffer.byteLength(packet.payload) > MAX_PAYLOAD_BYTES) return new Error('The payload is larger than 128 KiB');
  if (!isOutTopic(packet.topic)) return new Error('Only <thing>/out may be published from outside');
  return isRegistered(thingOfTopic(packet.topic)) ? null : new Error('The thing is not registered');
}
