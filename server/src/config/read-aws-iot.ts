import {
  type AwsIotSettings,
  type DataEndpoint,
  defaultPort,
  type ThingFilter,
} from '../bus/aws-iot/aws-iot-settings.ts';
import type { Config } from './config.ts';
import { oneOf, type Parser, SettingError, text, wholeNumber } from './parsers.ts';
import type { SettingName } from './settings.ts';

const OF_AWS = ['AWS_IOT_ENDPOINT'] as const;
const MAX_CONNECTIONS = 1_000;

/** @param optional reads one setting; null when it is not set */
export function readAwsIot(
  iotBackend: Config['iotBackend'],
  optional: <T>(name: SettingName, parse: Parser<T>) => T | null,
): AwsIotSettings | null {
  if (iotBackend !== 'aws') {
    const set = OF_AWS.find((name) => optional(name, text) !== null);
    if (set !== undefined) throw new SettingError(`${set} is set, but IOT_BACKEND is ${iotBackend}`);
    return null;
  }
  if (optional('MQTT_LISTEN', text) !== null) {
    throw new SettingError('MQTT_LISTEN is for the embedded broker, and IOT_BACKEND is aws');
  }
  const files = {
    caFile: optional('MQTT_CA', text),
    certFile: optional('MQTT_CERT', text),
    keyFile: optional('MQTT_KEY', text),
  };
  if ((files.certFile === null) !== (files.keyFile === null)) {
    throw new SettingError('MQTT_CERT and MQTT_KEY belong together');
  }
  return {
    region: optional('AWS_REGION', region),
    controlUrl: optional('AWS_ENDPOINT_URL_IOT', httpUrl),
    endpoint: optional('AWS_IOT_ENDPOINT', (value) => dataEndpoint(value, files.certFile === null ? 'wss' : 'mqtts')),
    ...files,
    connections: optional('AWS_IOT_CONNECTIONS', oneOf('things', 'pool')) ?? 'things',
    csmsConnections: optional('AWS_IOT_CSMS_CONNECTIONS', wholeNumber(1, MAX_CONNECTIONS)) ?? 1,
    thingType: optional('AWS_IOT_THING_TYPE', thingType) ?? '',
    filter: optional('AWS_IOT_THINGS', thingFilter) ?? { kind: 'all' },
  };
}

function dataEndpoint(value: string, defaultScheme: DataEndpoint['scheme']): DataEndpoint {
  const match = /^(?:(wss|ws|mqtts|mqtt):\/\/)?([\w.-]+)(?::(\d{1,5}))?\/?$/.exec(value);
  const [, scheme = defaultScheme, host] = match ?? [];
  const port = Number(match?.[3] ?? defaultPort(scheme as DataEndpoint['scheme']));
  if (host !== undefined && port >= 1 && port <= 65_535)
    return { scheme: scheme as DataEndpoint['scheme'], host, port };
  throw new SettingError(
    'must be a host name like a1b2c3-ats.iot.eu-west-1.amazonaws.com, or an address like mqtts://host:8883',
  );
}

function region(value: string): string {
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(value)) return value;
  throw new SettingError('must be a region like eu-west-1');
}

function httpUrl(value: string): string {
  if (/^https?:\/\/[^\s/@]+\/?$/.test(value)) return value;
  throw new SettingError('must be an address like http://127.0.0.1:5000');
}

function thingType(value: string): string {
  if (/^[a-zA-Z0-9:_-]{1,128}$/.test(value)) return value;
  throw new SettingError('must be a name of letters, digits, : _ and -');
}

function thingFilter(value: string): ThingFilter {
  if (value === 'all') return { kind: 'all' };
  const type = /^type=([a-zA-Z0-9:_-]{1,128})$/.exec(value)?.[1];
  if (type !== undefined) return { kind: 'type', thingType: type };
  const attribute = /^attribute:([a-zA-Z0-9_.,@/:#-]{1,128})=([a-zA-Z0-9_.,@/:#-]{1,800})$/.exec(value);
  const [, name, wanted] = attribute ?? [];
  if (name !== undefined && wanted !== undefined) return { kind: 'attribute', name, value: wanted };
  throw new SettingError('must be all, type=<thing type> or attribute:<name>=<value>');
}
