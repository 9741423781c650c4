import type { AwsIotSettings } from '../../bus/aws-iot/aws-iot-settings.ts';
import { type AwsRegistry, type AwsRegistryOptions, createAwsRegistry } from './aws-registry.ts';
import { type IotControl, openIotControl } from './iot-control.ts';
import { createRemoteThings } from './remote-things.ts';

export interface AwsIot {
  control: IotControl;
  registry: AwsRegistry;
  close(): Promise<void>;
}

export interface OpenAwsIotOptions extends Pick<AwsRegistryOptions, 'replica' | 'logger' | 'now'> {
  settings: Pick<AwsIotSettings, 'region' | 'controlUrl' | 'thingType' | 'filter'>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** AWS IoT's control plane, and its registry with what is known of it here. */
export async function openAwsIot({ settings, replica, logger, now }: OpenAwsIotOptions): Promise<AwsIot> {
  const control = await openIotControl({ ...settings, logger });
  const things = createRemoteThings({ ...settings, control, pause });
  const registry = await createAwsRegistry({ replica, things, trouble: control.trouble, logger, now });
  return {
    control,
    registry,
    async close() {
      await registry.close();
      control.close();
    },
  };
}
