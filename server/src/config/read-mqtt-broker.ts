import type { MqttBroker } from '../bus/mqtt/mqtt-broker.ts';
import type { Config } from './config.ts';
import { brokerUrl, type Parser, SettingError, text } from './parsers.ts';
import type { SettingName } from './settings.ts';

const MQTT_SETTINGS = ['MQTT_URL', 'MQTT_CA', 'MQTT_CERT', 'MQTT_KEY', 'MQTT_USERNAME', 'MQTT_PASSWORD'] as const;
const OF_TLS = ['MQTT_CA', 'MQTT_CERT', 'MQTT_KEY'] as const;

/** @param optional reads one setting; null when it is not set */
export function readMqttBroker(
  iotBackend: Config['iotBackend'],
  optional: <T>(name: SettingName, parse: Parser<T>) => T | null,
): MqttBroker | null {
  const set = MQTT_SETTINGS.filter((name) => optional(name, text) !== null);
  if (iotBackend !== 'mqtt') {
    // A certificate may be shown to AWS IoT Core as well.
    if (iotBackend === 'aws' && set.every((name) => (OF_TLS as readonly string[]).includes(name))) return null;
    if (set[0] !== undefined) throw new SettingError(`${set[0]} is set, but IOT_BACKEND is ${iotBackend}`);
    return null;
  }
  const url = optional('MQTT_URL', brokerUrl);
  if (url === null) throw new SettingError('MQTT_URL must name the broker when IOT_BACKEND is mqtt');
  const has = (name: (typeof MQTT_SETTINGS)[number]): boolean => set.includes(name);
  const ofTls = OF_TLS.find(has);
  if (!url.tls && ofTls !== undefined) throw new SettingError(`${ofTls} is set, but MQTT_URL is not mqtts://`);
  if (has('MQTT_CERT') !== has('MQTT_KEY')) throw new SettingError('MQTT_CERT and MQTT_KEY belong together');
  if (has('MQTT_PASSWORD') && !has('MQTT_USERNAME')) throw new SettingError('MQTT_PASSWORD needs MQTT_USERNAME');
  if (optional('MQTT_LISTEN', text) !== null) {
    throw new SettingError('MQTT_LISTEN is for the embedded broker, and IOT_BACKEND is mqtt');
  }
  return {
    ...url,
    caFile: optional('MQTT_CA', text),
    certFile: optional('MQTT_CERT', text),
    keyFile: optional('MQTT_KEY', text),
    username: optional('MQTT_USERNAME', text),
    password: optional('MQTT_PASSWORD', text),
  };
}
