import type { Config } from '../config/config.ts';
import { maskSecrets } from '../message-log/mask-secrets.ts';
import type { Registry } from '../registry/registry.ts';
import { openEmbeddedBus } from './embedded/embedded-bus.ts';
import type { MessageBus } from './message-bus.ts';
import { type MqttBusOptions, openMqttBus } from './mqtt/mqtt-bus.ts';

export interface OpenBusOptions extends Pick<MqttBusOptions, 'logger' | 'now'> {
  config: Pick<Config, 'mqttBroker' | 'mqttListen' | 'callTimeoutSeconds' | 'csms'>;
  registry: Pick<Registry, 'get'>;
}

/** The bus that the settings ask for. */
export function openBus({ config, registry, logger, now }: OpenBusOptions): Promise<MessageBus> {
  const { mqttBroker: broker, mqttListen: listen, callTimeoutSeconds } = config;
  if (broker !== null) return openMqttBus({ broker, frameLifeMs: callTimeoutSeconds * 1_000, logger, now });
  return openEmbeddedBus({
    listen,
    isRegistered: (name) => registry.get(name) !== null,
    // Who answers elsewhere needs the frames as they are; who only listens in does not need their secrets.
    ...(config.csms === 'builtin' && { shown: (text) => maskSecrets(text).frame }),
  });
}
