/** One environment variable. The README's table is made from these. */
export interface Setting {
  name: string;
  /** As it would be written in the environment; null when unset is a state of its own. */
  default: string | null;
  /** The default in words, where the plain value does not say it. */
  defaultMeaning?: string;
  meaning: string;
}

export const SETTINGS = [
  { name: 'HOST', default: '127.0.0.1', meaning: 'Address of the one listener: OCPP, REST, SSE, web' },
  { name: 'PORT', default: '8080', meaning: 'Its port; 0 takes any free one' },
  { name: 'DATA_DIR', default: './data', meaning: 'Embedded database, message log, keys, uploads' },
  {
    name: 'DATABASE_URL',
    default: null,
    defaultMeaning: 'SQLite in `DATA_DIR`',
    meaning: '`postgres://user:password@host:5432/database` for PostgreSQL',
  },
  {
    name: 'IOT_BACKEND',
    default: 'embedded',
    meaning: '`embedded`, `mqtt` for any MQTT 5 broker, or `aws` for AWS IoT Core',
  },
  {
    name: 'MQTT_URL',
    default: null,
    meaning: 'Broker for `IOT_BACKEND=mqtt`: `mqtt://host:1883`, or `mqtts://host:8883` for TLS',
  },
  {
    name: 'MQTT_CA',
    default: null,
    defaultMeaning: "the system's",
    meaning: 'File with the certificate authority of the broker, PEM',
  },
  {
    name: 'MQTT_CERT',
    default: null,
    meaning: 'File with the certificate that we show the broker or AWS IoT Core, PEM',
  },
  { name: 'MQTT_KEY', default: null, meaning: 'File with its private key, PEM' },
  { name: 'MQTT_USERNAME', default: null, meaning: 'User name at the broker' },
  { name: 'MQTT_PASSWORD', default: null, meaning: 'Password at the broker' },
  {
    name: 'MQTT_LISTEN',
    default: null,
    defaultMeaning: 'no MQTT port',
    meaning: 'For example `127.0.0.1:1883`: the embedded broker also listens there, for `mosquitto_sub -t +/in`',
  },
  { name: 'AWS_REGION', default: null, defaultMeaning: "the profile's", meaning: 'Region of AWS IoT Core' },
  {
    name: 'AWS_ENDPOINT_URL_IOT',
    default: null,
    defaultMeaning: "AWS's",
    meaning: 'Another address of its control plane',
  },
  {
    name: 'AWS_ENDPOINT_URL_IOT_DATA_PLANE',
    default: null,
    meaning: 'Not asked: messages and shadows go over MQTT. Taken because it is a usual setting of the AWS SDKs',
  },
  {
    name: 'AWS_IOT_ENDPOINT',
    default: null,
    defaultMeaning: 'AWS IoT is asked (`iot:Data-ATS`)',
    meaning:
      'Where its messages go: a host name, with `MQTT_CERT` and `MQTT_KEY` at port 8883, else signed at 443; or `wss://`, `ws://`, `mqtts://` or `mqtt://` with a host and a port',
  },
  {
    name: 'AWS_IOT_CONNECTIONS',
    default: 'things',
    meaning: '`things`: a connection to AWS IoT for each charge point, with its name as client id; `pool`: one for 50',
  },
  {
    name: 'AWS_IOT_CSMS_CONNECTIONS',
    default: '4',
    meaning: 'Connections that take what charge points say; AWS lets each bring 100 messages a second',
  },
  { name: 'AWS_IOT_THING_TYPE', default: 'ChargePoint', meaning: 'Thing type of the things that are made here' },
  {
    name: 'AWS_IOT_THINGS',
    default: 'all',
    meaning: 'Which things are charge points: `all`, `type=<thing type>` or `attribute:<name>=<value>`',
  },
  {
    name: 'ROLES',
    default: 'gateway,csms,console',
    meaning:
      'Which parts this process runs: all, or `gateway,csms` where another of [many instances](docs/how-to/run-many-instances.md) has the console',
  },
  {
    name: 'CSMS',
    default: 'builtin',
    meaning: '`builtin` answers charge points; `external` only relays, someone else answers on `<thing>/out`',
  },
  { name: 'OCPP_PATH', default: '/ocpp', meaning: 'Charge points connect to `<path>/<identity>`' },
  {
    name: 'OCPP_URL',
    default: null,
    defaultMeaning: 'that of the console, with `OCPP_PATH`',
    meaning: 'Address that charge points are told to connect to, before the identity: `wss://ocpp.example.com/ocpp`',
  },
  {
    name: 'OCPP_TLS_PORT',
    default: null,
    defaultMeaning: 'no TLS port',
    meaning: 'Own TLS listener on `HOST` for charge points, for security profiles 2 and 3',
  },
  {
    name: 'TLS_CERT',
    default: null,
    meaning:
      'File with its certificate and those between it and the authority, PEM; two with a comma for RSA and ECDSA',
  },
  { name: 'TLS_KEY', default: null, meaning: 'File with its private key, PEM; two in the same order' },
  {
    name: 'TLS_CLIENT_CA',
    default: null,
    defaultMeaning: 'no certificate is asked for',
    meaning: 'File with the authorities that sign the certificates of charge points, PEM',
  },
  {
    name: 'TLS_CLIENT_CRL',
    default: null,
    meaning: 'File with the revocation lists of all of these authorities, PEM',
  },
  {
    name: 'TLS_CLIENT_ORGANIZATION',
    default: null,
    defaultMeaning: 'any',
    meaning: 'Whom the certificates of charge points must name as organization (O)',
  },
  {
    name: 'UNAUTHENTICATED_THINGS',
    default: null,
    defaultMeaning: '`allow` on a loopback `HOST`, else `deny`',
    meaning: 'May a thing registered without credentials connect: `allow` or `deny`',
  },
  {
    name: 'ADMIN_TOKEN',
    default: null,
    meaning: 'An API token with the admin role from the first start, for automation; at least 16 characters',
  },
  {
    name: 'CREDENTIALS_KEY',
    default: null,
    defaultMeaning: '`DATA_DIR/keys/credentials.key`, made at the first start',
    meaning: 'Key that passwords and tokens are checked with, 32 bytes as base64: where a file can’t be carried along',
  },
  {
    name: 'TRUSTED_PROXIES',
    default: null,
    defaultMeaning: 'nobody',
    meaning: 'Addresses like `10.0.0.0/16,::1` of proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed',
  },
  {
    name: 'RETENTION_DAYS',
    default: '90',
    meaning: 'How long the message log is kept, until an administrator says otherwise in the console',
  },
  {
    name: 'LOG_LEVEL',
    default: 'info',
    meaning: 'Structured logs on standard output: `fatal`, `error`, `warn`, `info`, `debug`, `trace`, `silent`',
  },
  {
    name: 'HEARTBEAT_INTERVAL_SECONDS',
    default: '300',
    meaning: 'How often a charge point is told to send a Heartbeat',
  },
  { name: 'PING_INTERVAL_SECONDS', default: '60', meaning: 'How often the gateway pings a connection' },
  { name: 'CALL_TIMEOUT_SECONDS', default: '30', meaning: 'How long a charge point may take to answer a CALL' },
  {
    name: 'MAX_FRAME_BYTES',
    default: '65536',
    meaning: 'Longest frame taken from a charge point, at most 1048576, with `IOT_BACKEND` `mqtt` or `aws` 131072',
  },
  {
    name: 'MAX_FRAMES_PER_SECOND',
    default: '1000',
    meaning: 'Of one charge point, and twice that at once; one that sends more is read no faster',
  },
  {
    name: 'MAX_UPLOAD_MEGABYTES',
    default: '256',
    meaning: 'Largest firmware file, and largest file taken from a charge point',
  },
  {
    name: 'UPLOAD_QUOTA_MEGABYTES',
    default: '10240',
    meaning: 'How much charge points may upload altogether',
  },
  {
    name: 'IMPORT_QUOTA_MEGABYTES',
    default: '10240',
    meaning: 'How much imported logs may take altogether',
  },
  { name: 'MAX_IMPORTS', default: '100', meaning: 'How many imported logs there may be' },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
