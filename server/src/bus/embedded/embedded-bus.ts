import { createServer, type Server } from 'node:net';
import { Aedes, type AedesPublishPacket } from 'aedes';
import type { BusMessage, MessageBus } from '../message-bus.ts';
import { isOutTopic, thingOfTopic } from '../topics.ts';

/** The same ceiling as AWS IoT Core's, so that nothing works here that would not work there. */
const MAX_PAYLOAD_BYTES = 128 * 1024;

export interface EmbeddedBusOptions {
  /** Opens the broker to other programs on this machine. */
  listen: { host: string; port: number } | null;
  isRegistered: (thingName: string) => boolean;
}

/** A broker in this process. Its own subscribers are called directly; `listen` opens it to any MQTT 3.1.1 client. */
export async function openEmbeddedBus({ listen, isRegistered }: EmbeddedBusOptions): Promise<MessageBus> {
  const broker = await Aedes.createBroker({
    authorizePublish: (client, packet, callback) => callback(refusal(client !== null, packet, isRegistered)),
  });
  /** What was published last on a topic and is still on its way: spares its receiver the parsing. */
  const inFlight = new Map<string, BusMessage>();
  const server = listen === null ? null : await startListening(broker, listen);
  // Subscribers from outside may ask for QoS 1; without a listener there are none, and QoS 0 costs the broker less.
  const qos = server === null ? 0 : 1;

  return {
    publish(message) {
      inFlight.set(message.topic, message);
      broker.publish(
        { cmd: 'publish', topic: message.topic, payload: message.text, qos, retain: false, dup: false },
        noop,
      );
    },
    async subscribe(filter, handler) {
      const deliver = (packet: AedesPublishPacket, done: () => void): void => {
        // First, and whatever the handler does: a slot that is not given back is lost to the broker.
        done();
        const text = typeof packet.payload === 'string' ? packet.payload : packet.payload.toString('utf8');
        const published = inFlight.get(packet.topic);
        if (published?.text === text) inFlight.delete(packet.topic);
        handler(published?.text === text ? published : { topic: packet.topic, text });
      };
      await new Promise<void>((resolve) => broker.subscribe(filter, deliver, resolve));
      return () => new Promise<void>((resolve) => broker.unsubscribe(filter, deliver, resolve));
    },
    trouble: () => (broker.closed ? 'The embedded broker is closed' : null),
    async close() {
      await new Promise<void>((resolve) => broker.close(resolve));
      if (server) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function noop(): void {}

function startListening(broker: Aedes, listen: { host: string; port: number }): Promise<Server> {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    broker.handle(socket);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, () => resolve(server));
  });
}

/** From outside only frames to charge points are taken: what a charge point says comes from its own connection. */
function refusal(
  fromOutside: boolean,
  packet: { topic: string; payload: string | Buffer },
  isRegistered: (thingName: string) => boolean,
): Error | null {
  if (!fromOutside) return null;
  if (Buffer.byteLength(packet.payload) > MAX_PAYLOAD_BYTES) return new Error('The payload is larger than 128 KiB');
  if (!isOutTopic(packet.topic)) return new Error('Only <thing>/out may be published from outside');
  return isRegistered(thingOfTopic(packet.topic)) ? null : new Error('The thing is not registered');
}
