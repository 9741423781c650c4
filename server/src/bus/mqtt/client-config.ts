import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { io, mqtt5 } from 'aws-iot-device-sdk-v2';
import { SettingError } from '../../config/parsers.ts';
import { MAX_PAYLOAD_BYTES } from './incoming.ts';
import type { MqttBroker } from './mqtt-broker.ts';

/** Loaded when this back end is chosen only: it takes a fifth of a second and 40 MB. */
export type Sdk = typeof import('aws-iot-device-sdk-v2');

const CONNECT_WITHIN_MS = 5_000;
const ACKNOWLEDGE_WITHIN_SECONDS = 10;
const KEEP_ALIVE_SECONDS = 15;
/** A topic and properties beside the payload. */
const MAX_PACKET_BYTES = MAX_PAYLOAD_BYTES + 4 * 1024;

/** How we connect: no session outlives its connection, so nothing stale is delivered after it. */
export async function clientConfig(
  sdk: Sdk,
  { broker, clientId }: { broker: MqttBroker; clientId: string },
): Promise<mqtt5.Mqtt5ClientConfig> {
  const { host, port, username, password } = broker;
  const tlsCtx = broker.tls ? await tlsContext(sdk.io, broker) : null;
  const shared = sharedConfig(sdk, { host, port });
  return {
    ...shared,
    connectProperties: {
      ...shared.connectProperties,
      clientId,
      ...(username === null ? {} : { username }),
      ...(password === null ? {} : { password: Buffer.from(password) }),
    },
    ...(tlsCtx === null ? {} : { tlsCtx }),
    disableMetrics: true,
  };
}

/** What is the same for every connection of ours, wherever it goes. */
export function sharedConfig(
  { mqtt5, io }: Sdk,
  { host: hostName, port }: Pick<MqttBroker, 'host' | 'port'>,
): mqtt5.Mqtt5ClientConfig & { connectProperties: mqtt5.ConnectPacket } {
  return {
    hostName,
    port,
    connectProperties: {
      clientId: '',
      keepAliveIntervalSeconds: KEEP_ALIVE_SECONDS,
      sessionExpiryIntervalSeconds: 0,
      maximumPacketSizeBytes: MAX_PACKET_BYTES,
    },
    sessionBehavior: mqtt5.ClientSessionBehavior.Clean,
    offlineQueueBehavior: mqtt5.ClientOperationQueueBehavior.FailAllOnDisconnect,
    minReconnectDelayMs: 1_000,
    maxReconnectDelayMs: 15_000,
    connackTimeoutMs: CONNECT_WITHIN_MS,
    pingTimeoutMs: CONNECT_WITHIN_MS,
    ackTimeoutSeconds: ACKNOWLEDGE_WITHIN_SECONDS,
    socketOptions: new io.SocketOptions(io.SocketType.STREAM, io.SocketDomain.IPV4, CONNECT_WITHIN_MS),
    extendedValidationAndFlowControlOptions: mqtt5.ClientExtendedValidationAndFlowControl.None,
  };
}

export async function tlsContext(
  sdkIo: Sdk['io'],
  { caFile, certFile, keyFile }: Pick<MqttBroker, 'caFile' | 'certFile' | 'keyFile'>,
): Promise<io.ClientTlsContext> {
  const ca = caFile === null ? null : await certificateFrom('MQTT_CA', caFile);
  const cert = certFile === null ? null : await certificateFrom('MQTT_CERT', certFile);
  const key = keyFile === null ? null : await readSetting('MQTT_KEY', keyFile);
  if (cert !== null && key !== null) checkPair(cert.certificate, key);
  const options =
    cert !== null && key !== null
      ? sdkIo.TlsContextOptions.create_client_with_mtls(cert.pem, key)
      : new sdkIo.TlsContextOptions();
  if (ca !== null) options.override_default_trust_store(ca.pem);
  options.min_tls_version = sdkIo.TlsVersion.TLSv1_2;
  return new sdkIo.ClientTlsContext(options);
}

async function readSetting(name: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SettingError(`${name}: can not read ${file} (${error.code})`);
  });
}

async function certificateFrom(name: string, file: string): Promise<{ pem: string; certificate: X509Certificate }> {
  const pem = await readSetting(name, file);
  try {
    return { pem, certificate: new X509Certificate(pem) };
  } catch {
    throw new SettingError(`${name}: ${file} is no certificate in PEM format`);
  }
}

function checkPair(certificate: X509Certificate, pem: string): void {
  let matches: boolean;
  try {
    matches = certificate.checkPrivateKey(createPrivateKey(pem));
  } catch {
    throw new SettingError('MQTT_KEY: the file is no unencrypted private key in PEM format');
  }
  if (!matches) throw new SettingError('MQTT_KEY is not the key of MQTT_CERT');
}
