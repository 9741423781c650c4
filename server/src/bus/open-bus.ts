import type { Config } from '../config/config.ts';
import { maskSecrets } from '../message-log/mask-secrets.ts';
import type { IotControl } from '../registry/aws-iot/iot-control.ts';
import type { Registry } from '../registry/registry.ts';
import { openAwsBus } from './aws-iot/aws-bus.ts';
import { awsEndpoint } from './aws-iot/aws-endpoint.ts';
import { openEmbeddedBus } from './embedded/embedded-bus.ts';
import type { MessageBus } from './message-bus.ts';
import { type MqttBusOptions, openMqttBus } from './mqtt/mqtt-bus.ts';

export interface OpenBusOptions extends Pick<MqttBusOptions, 'logger' | 'now'> {
  config: Pick<Config, 'mqttBroker' | 'awsIot' | 'mqttListen' | 'callTimeoutSeconds' | 'csms'>;
  registry: Pick<Registry, 'get'>;
  /** null unless the back end is `aws`. */
  control: IotControl | null;
}

/** The bus that the settings ask for. */
export function openBus({ config, registry, control, logger, now }: OpenBusOptions): Promise<MessageBus> {
  const { mqttBroker: broker, awsIot, mqttListen: listen, callTimeoutSeconds } = config;
  const carrying = { frameLifeMs: callTimeoutSeconds * 1_000, logger, now };
  if (broker !== null) return openMqttBus({ broker, ...carrying });
  if (awsIot !== null && control !== null) {
    const { credentials } = control;
    return openAwsBus({ settings: awsIot, ...awsEndpoint(awsIot, control), credentials, ...carrying });
  }
  return openEmbeddedBus({
    listen,
    isRegistered: (name) => registry.get(name) !== null,
    // Who answers elsewhere needs the frames as they are; who only listens in does not need their secrets.
    ...(config.csms === 'builtin' && { shown: (text) => maskSecrets(text).frame }),
  });
}
