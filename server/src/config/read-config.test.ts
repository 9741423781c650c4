import { describe, expect, test } from 'vitest';
import { readConfig } from './read-config.ts';

function config(env: Record<string, string>) {
  const outcome = readConfig(env);
  if (!outcome.ok) throw new Error(outcome.problem);
  return outcome.config;
}

describe('reading the settings', () => {
  test('nothing set gives the embedded product on the loopback address', () => {
    expect(config({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      dataDir: './data',
      databaseUrl: null,
      iotBackend: 'embedded',
      mqttBroker: null,
      awsIot: null,
      mqttListen: null,
      roles: new Set(['gateway', 'csms', 'console']),
      csms: 'builtin',
      ocppPath: '/ocpp',
      ocppUrl: null,
      tls: null,
      unauthenticatedThings: 'allow',
      adminToken: null,
      credentialsKey: null,
      trustedProxies: [],
      retentionDays: 90,
      logLevel: 'info',
      heartbeatIntervalSeconds: 300,
      pingIntervalSeconds: 60,
      callTimeoutSeconds: 30,
      maxFrameBytes: 65_536,
      maxFramesPerSecond: 1_000,
      maxUploadBytes: 268_435_456,
      uploadQuotaBytes: 10_737_418_240,
      importQuotaBytes: 10_737_418_240,
      maxImports: 100,
    });
  });

  test('what was read can not be changed', () => {
    expect(Object.isFrozen(config({}))).toBe(true);
  });

  test('an empty variable counts as unset', () => {
    expect(config({ PORT: '', ADMIN_TOKEN: '' })).toMatchObject({ port: 8080, adminToken: null });
  });

  test.each([
    ['127.0.0.1', 'allow'],
    ['127.9.9.9', 'allow'],
    ['::1', 'allow'],
    ['localhost', 'allow'],
    ['0.0.0.0', 'deny'],
    ['::', 'deny'],
    ['192.168.1.5', 'deny'],
    ['console.example', 'deny'],
  ])('on %s things without credentials: %s', (HOST, expected) => {
    expect(config({ HOST }).unauthenticatedThings).toBe(expected);
  });

  test('things without credentials may be allowed anywhere, if somebody says so', () => {
    expect(config({ HOST: '0.0.0.0', UNAUTHENTICATED_THINGS: 'allow' }).unauthenticatedThings).toBe('allow');
  });

  test('a key comes as base64, its padding may be missing', () => {
    const key = Buffer.alloc(32, 0xfb);
    for (const text of [key.toString('base64'), key.toString('base64').slice(0, -1)]) {
      expect(config({ CREDENTIALS_KEY: text }).credentialsKey).toEqual(key);
    }
  });

  test('lists and addresses are taken apart', () => {
    expect(config({ TRUSTED_PROXIES: '10.0.0.0/16, ::1' }).trustedProxies).toEqual(['10.0.0.0/16', '::1']);
    const read = config({ ROLES: 'console, gateway, csms', MQTT_LISTEN: '[::1]:1883' });
    expect(read.roles).toEqual(new Set(['gateway', 'csms', 'console']));
    const shared = { ...MQTT, DATABASE_URL: 'postgres://u:p@h/d', ROLES: 'gateway,csms' };
    expect(config(shared).roles).toEqual(new Set(['gateway', 'csms']));
    expect(read.mqttListen).toEqual({ host: '::1', port: 1883 });
  });
});

test('an MQTT broker is named by its address, with TLS and credentials if it asks for them', () => {
  expect(config({ IOT_BACKEND: 'mqtt', MQTT_URL: 'mqtt://broker.example' }).mqttBroker).toEqual({
    host: 'broker.example',
    port: 1883,
    tls: false,
    caFile: null,
    certFile: null,
    keyFile: null,
    username: null,
    password: null,
  });
  const files = { MQTT_CA: 'ca.pem', MQTT_CERT: 'cert.pem', MQTT_KEY: 'key.pem' };
  const settings = { MQTT_URL: 'mqtts://[::1]', ...files, MQTT_USERNAME: 'u', MQTT_PASSWORD: 'p' };
  expect(config({ IOT_BACKEND: 'mqtt', ...settings }).mqttBroker).toEqual({
    host: '::1',
    port: 8883,
    tls: true,
    caFile: 'ca.pem',
    certFile: 'cert.pem',
    keyFile: 'key.pem',
    username: 'u',
    password: 'p',
  });
});

test('a TLS listener has one certificate or two, and may ask charge points for theirs', () => {
  const files = { TLS_CERT: 'rsa.pem, ec.pem', TLS_KEY: 'rsa.key,ec.key' };
  const clients = { TLS_CLIENT_CA: 'ca.pem', TLS_CLIENT_CRL: 'ca.crl', TLS_CLIENT_ORGANIZATION: 'Operator' };
  expect(config({ OCPP_TLS_PORT: '8443', ...files, ...clients }).tls).toEqual({
    port: 8443,
    certificates: [
      { certFile: 'rsa.pem', keyFile: 'rsa.key' },
      { certFile: 'ec.pem', keyFile: 'ec.key' },
    ],
    clientCaFile: 'ca.pem',
    clientCrlFile: 'ca.crl',
    clientOrganization: 'Operator',
  });
});

test.each<[Record<string, string>, string]>([
  [{ TLS_CERT: 'a' }, 'TLS_CERT is set, but OCPP_TLS_PORT is not'],
  [{ OCPP_TLS_PORT: '8443' }, 'OCPP_TLS_PORT needs TLS_CERT and TLS_KEY, with as many files each'],
  [
    { OCPP_TLS_PORT: '8443', TLS_CERT: 'a,b', TLS_KEY: 'a' },
    'OCPP_TLS_PORT needs TLS_CERT and TLS_KEY, with as many files each',
  ],
  [
    { OCPP_TLS_PORT: '8443', TLS_CERT: 'a,', TLS_KEY: 'a' },
    'TLS_CERT must be one file, or two with a comma between: one of RSA, one of ECDSA',
  ],
  [{ OCPP_TLS_PORT: '8443', TLS_CERT: 'a', TLS_KEY: 'a', TLS_CLIENT_CRL: 'c' }, 'TLS_CLIENT_CRL needs TLS_CLIENT_CA'],
])('settings of TLS that do not fit together: %o', (env, problem) => {
  expect(readConfig(env)).toEqual({ ok: false, problem });
});

test('AWS IoT Core is used with as little as its name, and with files and filters where they are given', () => {
  const files = { caFile: null, certFile: null, keyFile: null };
  expect(config({ IOT_BACKEND: 'aws' }).awsIot).toEqual({
    region: null,
    controlUrl: null,
    endpoint: null,
    ...files,
    connections: 'things',
    csmsConnections: 4,
    thingType: 'ChargePoint',
    filter: { kind: 'all' },
  });
  const endpointOf = (env: Record<string, string>) => config({ ...AWS, ...env }).awsIot?.endpoint;
  const host = 'a1-ats.iot.eu-west-1.amazonaws.com';
  expect(endpointOf({ AWS_IOT_ENDPOINT: host })).toEqual({ scheme: 'wss', host, port: 443 });
  const certificate = { MQTT_CERT: 'c.pem', MQTT_KEY: 'k.pem' };
  expect(endpointOf({ AWS_IOT_ENDPOINT: host, ...certificate })).toEqual({ scheme: 'mqtts', host, port: 8883 });
  expect(endpointOf({ AWS_IOT_ENDPOINT: 'mqtt://127.0.0.1:1234' })).toEqual({
    scheme: 'mqtt',
    host: '127.0.0.1',
    port: 1234,
  });
  const filterOf = (AWS_IOT_THINGS: string) => config({ ...AWS, AWS_IOT_THINGS }).awsIot?.filter;
  expect(filterOf('type=Charger')).toEqual({ kind: 'type', thingType: 'Charger' });
  expect(filterOf('attribute:kind=charger')).toEqual({ kind: 'attribute', name: 'kind', value: 'charger' });
});

const AWS = { IOT_BACKEND: 'aws' };
const MQTT = { IOT_BACKEND: 'mqtt', MQTT_URL: 'mqtt://b' };

describe('a bad setting', () => {
  test.each([
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535, not "http"'],
    [{ ROLES: 'gateway' }, 'ROLES must be gateway,csms,console or gateway,csms'],
    [{ ROLES: 'console' }, 'ROLES must be gateway,csms,console or gateway,csms'],
    [
      { ...MQTT, ROLES: 'gateway,csms' },
      'ROLES must have console unless DATABASE_URL and IOT_BACKEND let another process have it',
    ],
    [
      { MQTT_LISTEN: '0.0.0.0:1883' },
      'MQTT_LISTEN must be an address of this machine alone, such as 127.0.0.1:1883: the broker has no password',
    ],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535, not "65536"'],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /^TRUSTED_PROXIES must be addresses and networks like/],
    [{ TRUSTED_PROXIES: 'proxy.example' }, /^TRUSTED_PROXIES must be addresses and networks like/],
    [{ CREDENTIALS_KEY: 'secret' }, /^CREDENTIALS_KEY must be 32 bytes as base64(?!.*secret)/],
    [{ RETENTION_DAYS: '-1' }, 'RETENTION_DAYS must be a whole number from 1 to 36500, not "-1"'],
    [{ LOG_LEVEL: 'loud\nline' }, /^LOG_LEVEL must be fatal, .* or silent, not "loud\\nline"$/],
    [{ ROLES: 'gateway,kitchen' }, 'ROLES must be gateway, csms or console, not "kitchen"'],
    [{ CSMS: 'none' }, 'CSMS must be builtin or external, not "none"'],
    [{ OCPP_PATH: 'ocpp' }, /^OCPP_PATH must be a path/],
    [{ OCPP_PATH: '/api/v1' }, /^OCPP_PATH must be a path/],
    [{ OCPP_URL: 'https://ocpp.example.com' }, /^OCPP_URL must be an address like wss:/],
    [{ OCPP_PATH: '/uploads' }, /^OCPP_PATH must be a path/],
    [{ MQTT_LISTEN: '1883' }, /^MQTT_LISTEN must be an address and a port/],
    [{ MAX_FRAME_BYTES: '1048577' }, /^MAX_FRAME_BYTES must be/],
    [{ IOT_BACKEND: 'kafka' }, 'IOT_BACKEND must be embedded, mqtt or aws, not "kafka"'],
    [{ AWS_IOT_ENDPOINT: 'x' }, 'AWS_IOT_ENDPOINT is set, but IOT_BACKEND is embedded'],
    [{ ...AWS, MQTT_URL: 'mqtt://b' }, 'MQTT_URL is set, but IOT_BACKEND is aws'],
    [{ ...AWS, MQTT_CERT: 'c.pem' }, 'MQTT_CERT and MQTT_KEY belong together'],
    [{ ...AWS, MQTT_LISTEN: '127.0.0.1:1' }, 'MQTT_LISTEN is for the embedded broker, and IOT_BACKEND is aws'],
    [{ ...AWS, AWS_REGION: 'Ireland' }, 'AWS_REGION must be a region like eu-west-1'],
    [{ ...AWS, AWS_IOT_ENDPOINT: 'https://x' }, /^AWS_IOT_ENDPOINT must be a host name like/],
    [{ ...AWS, AWS_ENDPOINT_URL_IOT: 'http://u:secret@x' }, /^AWS_ENDPOINT_URL_IOT must be (?!.*secret)/],
    [{ ...AWS, AWS_IOT_THINGS: 'mine' }, /^AWS_IOT_THINGS must be all, /],
    [{ ...AWS, MAX_FRAME_BYTES: '200000' }, /^MAX_FRAME_BYTES must be a whole number from 1024 to 131072/],
    [{ IOT_BACKEND: 'mqtt' }, 'MQTT_URL must name the broker when IOT_BACKEND is mqtt'],
    [{ MQTT_URL: 'mqtt://b' }, 'MQTT_URL is set, but IOT_BACKEND is embedded'],
    [{ IOT_BACKEND: 'mqtt', MQTT_URL: 'http://b' }, /^MQTT_URL must be like mqtt:/],
    [{ IOT_BACKEND: 'mqtt', MQTT_URL: 'mqtt://u:secret@b' }, /^MQTT_URL must be like (?!.*secret)/],
    [{ IOT_BACKEND: 'mqtt', MQTT_URL: 'mqtt://b:70000' }, /^MQTT_URL must be like/],
    [{ ...MQTT, MQTT_CA: 'ca.pem' }, 'MQTT_CA is set, but MQTT_URL is not mqtts://'],
    [{ ...MQTT, MQTT_URL: 'mqtts://b', MQTT_KEY: 'k.pem' }, 'MQTT_CERT and MQTT_KEY belong together'],
    [{ ...MQTT, MQTT_PASSWORD: 'p' }, 'MQTT_PASSWORD needs MQTT_USERNAME'],
    [{ ...MQTT, MQTT_LISTEN: '127.0.0.1:1' }, 'MQTT_LISTEN is for the embedded broker, and IOT_BACKEND is mqtt'],
    [{ ...MQTT, MAX_FRAME_BYTES: '200000' }, /^MAX_FRAME_BYTES must be a whole number from 1024 to 131072/],
    [{ DATABASE_URL: 'mysql://u:secret@db/x' }, /^DATABASE_URL must be like postgres:(?!.*secret)/],
    [{ DATABASE_URL: 'postgres://u:secret@db' }, /^DATABASE_URL must be like postgres:(?!.*secret)/],
    [{ DATABASE_URL: 'postgres://u:secr%et@db/x' }, /^DATABASE_URL must be like postgres:(?!.*secr%)/],
    [
      { DATABASE_URL: 'postgres://u:secret@db/x?options=-c' },
      /^DATABASE_URL may end with sslmode, .*, not with "options"$/,
    ],
    [{ DATABASE_URL: 'postgres://u:secret@db/x?sslmode=on' }, /^DATABASE_URL has an sslmode that is not disable, /],
  ])('%j is named in one line', (env, problem) => {
    const outcome = readConfig(env as Record<string, string>);
    expect(outcome).toEqual({
      ok: false,
      problem: typeof problem === 'string' ? problem : expect.stringMatching(problem),
    });
  });

  test('a short token is refused without being repeated', () => {
    const outcome = readConfig({ ADMIN_TOKEN: 'hunter2' });
    expect(outcome).toMatchObject({ ok: false, problem: expect.stringMatching(/^ADMIN_TOKEN must be at least 16/) });
    expect(JSON.stringify(outcome)).not.toContain('hunter2');
  });
});
