import type { IoTClient, IoTClientResolvedConfig } from '@aws-sdk/client-iot';
import type { DataEndpoint } from '../../bus/aws-iot/aws-iot-settings.ts';
import { type CloudError, cloudError } from './cloud-error.ts';

export type IotSdk = typeof import('@aws-sdk/client-iot');

export interface IotControlOptions {
  /** null: the SDK's own, from the environment or the profile. */
  region: string | null;
  controlUrl: string | null;
  logger: { warn(details: object, message: string): void };
  /** How often one request is tried when AWS asks to slow down or fails, each time after a longer wait. */
  maxAttempts?: number;
}

type Credentials = Awaited<ReturnType<IoTClientResolvedConfig['credentials']>>;

/** AWS IoT's control plane, with its troubles in words. */
export interface IotControl {
  sdk: IotSdk;
  /** Rejects with a CloudError, or with AWS's own error when it is one of `expected`. */
  ask<T>(action: string, send: (client: IoTClient) => Promise<T>, expected?: readonly string[]): Promise<T>;
  region(): Promise<string>;
  credentials(): Promise<Credentials>;
  findEndpoint(): Promise<DataEndpoint>;
  /** What failed when it was last asked for. */
  trouble(): string | null;
  close(): void;
}

/** Loaded when it is asked for only: it takes a fifth of a second and 40 MB. */
export async function openIotControl(options: IotControlOptions): Promise<IotControl> {
  const { region, controlUrl, logger, maxAttempts = 6 } = options;
  const sdk = await import('@aws-sdk/client-iot');
  const client = new sdk.IoTClient({
    ...(region !== null && { region }),
    ...(controlUrl !== null && { endpoint: controlUrl }),
    maxAttempts,
    retryMode: 'adaptive',
  });
  const troubles = new Map<string, string>();

  const regionOrNone = (): Promise<string> => client.config.region().catch(() => '(not set)');

  async function ask<T>(action: string, send: (client: IoTClient) => Promise<T>, expected: readonly string[] = []) {
    try {
      const answer = await send(client);
      troubles.delete(action);
      return answer;
    } catch (error) {
      if (error instanceof Error && expected.includes(error.name)) {
        troubles.delete(action);
        throw error;
      }
      const problem = cloudError(error, { action, region: await regionOrNone() });
      // What we asked wrongly is said to whoever asked.
      if (problem.statusCode === 503) note(action, problem);
      throw problem;
    }
  }

  function note(action: string, { message, code }: CloudError): void {
    if (troubles.get(action) !== message) logger.warn({ action, code, reason: message }, 'AWS IoT did not answer');
    troubles.set(action, message);
  }

  async function credentials(): Promise<Credentials> {
    return ask('credentials', () => client.config.credentials());
  }

  return {
    sdk,
    ask,
    region: () => ask('region', () => client.config.region()),
    credentials,
    async findEndpoint() {
      await credentials();
      const { endpointAddress } = await ask('iot:DescribeEndpoint', (iot) =>
        iot.send(new sdk.DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' })),
      );
      if (endpointAddress === undefined)
        throw new Error('AWS IoT does not say where its messages go (iot:DescribeEndpoint)');
      return { scheme: 'wss', host: endpointAddress, port: 443 };
    },
    trouble() {
      for (const words of troubles.values()) return words;
      return null;
    },
    close: () => client.destroy(),
  };
}
