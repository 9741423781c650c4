/** Where AWS IoT Core's messages go in and out. */
export interface DataEndpoint {
  /** `wss` and `ws` are signed with the credentials; `mqtts` shows a certificate; `mqtt` is for tests on one machine. */
  scheme: 'wss' | 'ws' | 'mqtts' | 'mqtt';
  host: string;
  port: number;
}

/** How AWS IoT Core is used, as the settings say. */
export interface AwsIotSettings {
  /** null: the SDK's own, from the profile. */
  region: string | null;
  /** Another address of the control plane; null: AWS's. */
  controlUrl: string | null;
  /** null: the control plane is asked for it. */
  endpoint: DataEndpoint | null;
  /** Files in PEM: with them a certificate is shown instead of a signature. */
  caFile: string | null;
  certFile: string | null;
  keyFile: string | null;
  /** A connection for each charge point, with its name as client id; or one for fifty of them. */
  connections: 'things' | 'pool';
  /** Connections that take what charge points say, and bring what we say elsewhere. */
  csmsConnections: number;
  /** Of the things that are made here. */
  thingType: string;
  /** Which things are charge points. */
  filter: ThingFilter;
}

export type ThingFilter =
  | { kind: 'all' }
  | { kind: 'type'; thingType: string }
  | { kind: 'attribute'; name: string; value: string };

const PORTS: Record<DataEndpoint['scheme'], number> = { wss: 443, ws: 80, mqtts: 8883, mqtt: 1883 };

export const defaultPort = (scheme: DataEndpoint['scheme']): number => PORTS[scheme];
