import { randomUUID } from 'node:crypto';
import type { MessageBus } from '../message-bus.ts';
import { type BrokerLinkOptions, openBrokerLink } from './broker-link.ts';
import { clientConfig } from './client-config.ts';
import { addressOf, type MqttBroker } from './mqtt-broker.ts';
import { createNumbers, createRepeatFilter } from './publisher-number.ts';

export interface MqttBusOptions extends Pick<BrokerLinkOptions, 'frameLifeMs' | 'now' | 'logger'> {
  broker: MqttBroker;
}

/**
 * Deliveries are not acknowledged: as no session outlives its connection, that would save none of them. But each
 * acknowledgement would hold back what is published behind it until TCP has confirmed the one before (Nagle's algorithm, which
 * the SDK leaves on), which takes 40 ms.
 */
const AT_MOST_ONCE = 0;

/** The bus over any MQTT 5 broker: one connection for all charge points. */
export async function openMqttBus({ broker, ...options }: MqttBusOptions): Promise<MessageBus> {
  const sdk = await import('aws-iot-device-sdk-v2');
  const publisher = randomUUID();
  const config = await clientConfig(sdk, { broker, clientId: `cpo-console-${publisher}` });
  const name = `The MQTT broker ${addressOf(broker)}`;
  const numbering = { publisher, nextNumber: createNumbers(), repeats: createRepeatFilter() };
  const link = openBrokerLink({ ...options, ...numbering, sdk, config, name, deliveryQos: AT_MOST_ONCE });
  await link.firstAttempt;
  return { ...link, hold: () => () => undefined, joins: () => link.figures().connects };
}
