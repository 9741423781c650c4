import type { auth, http, mqtt5 } from 'aws-iot-device-sdk-v2';
import { type Sdk, sharedConfig, tlsContext } from '../mqtt/client-config.ts';
import type { AwsIotSettings, DataEndpoint } from './aws-iot-settings.ts';

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export interface SigningOptions {
  region: () => Promise<string>;
  /** The default chain: environment, profile, the role of the task or the machine. Throws when it has none. */
  credentials: () => Promise<AwsCredentials>;
}

export interface AwsConfigOptions extends SigningOptions {
  sdk: Sdk;
  endpoint: DataEndpoint;
  files: Pick<AwsIotSettings, 'caFile' | 'certFile' | 'keyFile'>;
}

/** What AWS says no more than, so that its client waits instead of being cut off. */
const FAILED = 3;

/** Made once: TLS is set up for all clients together, only the client id differs. */
export async function awsClientConfig(
  options: AwsConfigOptions,
): Promise<(clientId: string) => mqtt5.Mqtt5ClientConfig> {
  const { sdk, endpoint, files } = options;
  const shared = sharedConfig(sdk, endpoint);
  const isSigned = endpoint.scheme === 'wss' || endpoint.scheme === 'ws';
  const hasTls = endpoint.scheme === 'wss' || endpoint.scheme === 'mqtts';
  const config = {
    ...shared,
    ...(hasTls && { tlsCtx: await tlsContext(sdk.io, files) }),
    ...(isSigned && { websocketHandshakeTransform: signer(options) }),
    // 100 messages a second is what one connection may bring or take.
    extendedValidationAndFlowControlOptions: sdk.mqtt5.ClientExtendedValidationAndFlowControl.AwsIotCoreDefaults,
  };
  return (clientId) => ({ ...config, connectProperties: { ...shared.connectProperties, clientId } });
}

/** Each connection is signed anew: the credentials of a role last for hours only. */
function signer({ sdk, region, credentials }: AwsConfigOptions) {
  const sign = async (request: http.HttpRequest): Promise<void> => {
    const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
    const signing: auth.AwsSigningConfig = {
      algorithm: sdk.auth.AwsSigningAlgorithm.SigV4,
      signature_type: sdk.auth.AwsSignatureType.HttpRequestViaQueryParams,
      provider: sdk.auth.AwsCredentialsProvider.newStatic(accessKeyId, secretAccessKey, sessionToken),
      region: await region(),
      service: 'iotdevicegateway',
      signed_body_value: sdk.auth.AwsSignedBodyValue.EmptySha256,
      // AWS IoT takes the token behind the signature, not in it.
      omit_session_token: true,
    };
    await sdk.auth.aws_sign_request(request, signing);
  };
  return (request: http.HttpRequest, done: (errorCode?: number) => void): void => {
    sign(request).then(
      () => done(),
      () => done(FAILED),
    );
  };
}
