import { isUtf8 } from 'node:buffer';
import type { mqtt5 } from 'aws-iot-device-sdk-v2';
import type { BusMessage } from '../message-bus.ts';
import { THING_NAME, thingOfTopic } from '../topics.ts';

/** The same ceiling as AWS IoT Core's, so that nothing works here that would not work there. */
export const MAX_PAYLOAD_BYTES = 128 * 1024;

export type Incoming = { ok: true; message: BusMessage } | { ok: false; defect: string };

/** What came from the broker is anybody's: the name, the size and the encoding are checked as they are on a socket. */
export function readIncoming(packet: mqtt5.PublishPacket): Incoming {
  const { topicName: topic, payload, messageExpiryIntervalSeconds: expiry } = packet;
  if (!THING_NAME.test(thingOfTopic(topic))) return { ok: false, defect: 'no thing can have that name' };
  const bytes = payload instanceof ArrayBuffer ? new Uint8Array(payload) : new Uint8Array(0);
  if (bytes.length > MAX_PAYLOAD_BYTES) return { ok: false, defect: 'it is larger than 128 KiB' };
  if (!isUtf8(bytes)) return { ok: false, defect: 'it is no UTF-8' };
  const text = Buffer.from(bytes.buffer).toString('utf8');
  // What is left of its life. Brokers round it: a second is the least that makes sense.
  const answerWithinMs = expiry === undefined ? undefined : Math.max(1, expiry) * 1000;
  return { ok: true, message: answerWithinMs === undefined ? { topic, text } : { topic, text, answerWithinMs } };
}
