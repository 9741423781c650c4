import type { AwsBusOptions } from './aws-bus.ts';
import type { AwsIotSettings } from './aws-iot-settings.ts';

/** `a1b2c3-ats.iot.eu-west-1.amazonaws.com` */
const regionOf = (host: string): string | null => /\.iot\.([a-z\d-]+)\.amazonaws\.com/.exec(host)?.[1] ?? null;

/** Where messages go and for which region they are signed: as the settings say, or as AWS IoT does. */
export function awsEndpoint(
  settings: Pick<AwsIotSettings, 'endpoint' | 'certFile'>,
  control: Pick<AwsBusOptions, 'findEndpoint' | 'region'>,
): Pick<AwsBusOptions, 'findEndpoint' | 'region'> {
  const { endpoint, certFile } = settings;
  return {
    region: control.region,
    async findEndpoint() {
      const found = endpoint ?? (await control.findEndpoint());
      const [theirs, ours] = [regionOf(found.host), await control.region()];
      if (theirs !== null && theirs !== ours) {
        throw new Error(
          `AWS_IOT_ENDPOINT is in ${theirs}, and the AWS region is ${ours}: things would be looked for elsewhere`,
        );
      }
      return endpoint !== null || certFile === null ? found : { ...found, scheme: 'mqtts', port: 8883 };
    },
  };
}
