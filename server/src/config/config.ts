import type { AwsIotSettings } from '../bus/aws-iot/aws-iot-settings.ts';
import type { MqttBroker } from '../bus/mqtt/mqtt-broker.ts';
import type { TlsSettings } from '../gateway/tls/tls-settings.ts';

/** The checked settings; config-schema.ts says how each is read from the environment. */
export interface Config {
  host: string;
  port: number;
  dataDir: string;
  databaseUrl: string | null;
  iotBackend: 'embedded' | 'mqtt' | 'aws';
  /** null unless the back end is `mqtt`. */
  mqttBroker: MqttBroker | null;
  /** null unless the back end is `aws`. */
  awsIot: AwsIotSettings | null;
  mqttListen: { host: string; port: number } | null;
  roles: ReadonlySet<'gateway' | 'csms' | 'console'>;
  csms: 'builtin' | 'external';
  ocppPath: string;
  /** null: where whoever asks found us. */
  ocppUrl: string | null;
  /** null without a TLS listener. */
  tls: TlsSettings | null;
  unauthenticatedThings: 'allow' | 'deny';
  adminToken: string | null;
  /** null: the one in `dataDir`. */
  credentialsKey: Buffer | null;
  /** Addresses and networks. */
  trustedProxies: readonly string[];
  retentionDays: number;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** How often a charge point is told to send a Heartbeat. */
  heartbeatIntervalSeconds: number;
  /** How often the gateway pings a connection. */
  pingIntervalSeconds: number;
  /** How long a charge point may take to answer a CALL. */
  callTimeoutSeconds: number;
  maxFrameBytes: number;
  /** Of one charge point. */
  maxFramesPerSecond: number;
  /** Largest firmware file, and largest file taken from a charge point. */
  maxUploadBytes: number;
  /** What charge points may put here, together. */
  uploadQuotaBytes: number;
  /** What imported logs may take, together. */
  importQuotaBytes: number;
  maxImports: number;
}
