/** The MQTT 5 broker that carries our messages, as the settings name it. */
export interface MqttBroker {
  host: string;
  port: number;
  tls: boolean;
  /** Files in PEM; null: the system's own authorities, no certificate of ours. */
  caFile: string | null;
  certFile: string | null;
  keyFile: string | null;
  username: string | null;
  password: string | null;
}

export const addressOf = ({ host, port, tls }: Pick<MqttBroker, 'host' | 'port' | 'tls'>): string =>
  `${tls ? 'mqtts' : 'mqtt'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
