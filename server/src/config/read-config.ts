import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Config } from './config.ts';
import {
  hostAndPort,
  key,
  networks,
  oneOf,
  type Parser,
  postgresUrl,
  SettingError,
  someOf,
  text,
  token,
  urlPath,
  webSocketUrl,
  wholeNumber,
} from './parsers.ts';
import { readAwsIot } from './read-aws-iot.ts';
import { readMqttBroker } from './read-mqtt-broker.ts';
import { readTls } from './read-tls.ts';
import { SETTINGS, type SettingName } from './settings.ts';

const MEGABYTE = 1024 * 1024;
/** A frame is the payload of a message, see bus/mqtt. */
const MQTT_PAYLOAD = 128 * 1024;

export type ConfigOutcome = { ok: true; config: Config } | { ok: false; problem: string };

/** @param env an empty variable counts as unset */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigOutcome {
  try {
    return { ok: true, config: Object.freeze(build(env)) };
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    return { ok: false, problem: error.message };
  }
}

function build(env: Readonly<Record<string, string | undefined>>): Config {
  const optional = <T>(name: SettingName, parse: Parser<T>): T | null => {
    const value = env[name] || SETTINGS.find((setting) => setting.name === name)?.default;
    if (value === undefined || value === null) return null;
    try {
      return parse(value);
    } catch (error) {
      throw error instanceof SettingError ? new SettingError(`${name} ${error.message}`) : error;
    }
  };
  const required = <T>(name: SettingName, parse: Parser<T>): T => {
    const value = optional(name, parse);
    if (value === null) throw new Error(`${name} has no default`);
    return value;
  };
  const host = required('HOST', text);
  const iotBackend = required('IOT_BACKEND', oneOf('embedded', 'mqtt', 'aws'));
  const databaseUrl = optional('DATABASE_URL', postgresUrl);
  return {
    host,
    port: required('PORT', wholeNumber(0, 65_535)),
    dataDir: required('DATA_DIR', text),
    databaseUrl,
    iotBackend,
    mqttBroker: readMqttBroker(iotBackend, optional),
    awsIot: readAwsIot(iotBackend, optional),
    mqttListen: optional('MQTT_LISTEN', onThisMachine),
    roles: required('ROLES', rolesWith(databaseUrl, iotBackend)),
    csms: required('CSMS', oneOf('builtin', 'external')),
    ocppPath: required('OCPP_PATH', urlPath),
    ocppUrl: optional('OCPP_URL', webSocketUrl),
    tls: readTls(optional),
    unauthenticatedThings:
      optional('UNAUTHENTICATED_THINGS', oneOf('allow', 'deny')) ?? (isLoopback(host) ? 'allow' : 'deny'),
    adminToken: optional('ADMIN_TOKEN', token),
    credentialsKey: optional('CREDENTIALS_KEY', key),
    trustedProxies: optional('TRUSTED_PROXIES', networks) ?? [],
    retentionDays: required('RETENTION_DAYS', wholeNumber(1, 36_500)),
    logLevel: required('LOG_LEVEL', oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent')),
    heartbeatIntervalSeconds: required('HEARTBEAT_INTERVAL_SECONDS', wholeNumber(1, 86_400)),
    pingIntervalSeconds: required('PING_INTERVAL_SECONDS', wholeNumber(1, 86_400)),
    callTimeoutSeconds: required('CALL_TIMEOUT_SECONDS', wholeNumber(1, 3_600)),
    maxFramesPerSecond: required('MAX_FRAMES_PER_SECOND', wholeNumber(1, 1_000_000)),
    maxFrameBytes: required('MAX_FRAME_BYTES', wholeNumber(1_024, iotBackend === 'embedded' ? MEGABYTE : MQTT_PAYLOAD)),
    maxUploadBytes: required('MAX_UPLOAD_MEGABYTES', wholeNumber(1, 10_000)) * MEGABYTE,
    uploadQuotaBytes: required('UPLOAD_QUOTA_MEGABYTES', wholeNumber(0, 10_000_000)) * MEGABYTE,
    importQuotaBytes: required('IMPORT_QUOTA_MEGABYTES', wholeNumber(0, 10_000_000)) * MEGABYTE,
    maxImports: required('MAX_IMPORTS', wholeNumber(0, 100_000)),
  };
}

/** The embedded broker asks nobody for a password. */
function onThisMachine(text: string): { host: string; port: number } {
  const address = hostAndPort(text);
  if (isLoopback(address.host)) return address;
  throw new SettingError(
    'must be an address of this machine alone, such as 127.0.0.1:1883: the broker has no password',
  );
}

/** Who holds a socket answers it, so that the console alone can be somewhere else. */
function rolesWith(databaseUrl: string | null, iotBackend: Config['iotBackend']): Parser<Config['roles']> {
  return (text) => {
    const roles = someOf('gateway', 'csms', 'console')(text);
    if (!roles.has('gateway') || !roles.has('csms'))
      throw new SettingError('must be gateway,csms,console or gateway,csms');
    if (!roles.has('console') && (databaseUrl === null || iotBackend === 'embedded'))
      throw new SettingError('must have console unless DATABASE_URL and IOT_BACKEND let another process have it');
    return roles;
  };
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  if (isIPv4(host)) return LOOPBACK.check(host, 'ipv4');
  if (isIPv6(host)) return LOOPBACK.check(host, 'ipv6');
  return host === 'localhost';
}
