import type { Registry } from '../registry/registry.ts';
import type { Records } from './records.ts';

export interface ForgetRemovedOptions
  extends Pick<
    Records,
    | 'boots'
    | 'variables'
    | 'desiredConfiguration'
    | 'eventStreams'
    | 'logFiles'
    | 'reservations'
    | 'chargingProfiles'
    | 'chargingReports'
  > {
  registry: Pick<Registry, 'onChange'>;
  onTrouble: (error: unknown) => void;
}

/**
 * One that is registered again under a removed one's name starts with nothing of what was agreed with that one.
 * @returns ends it
 */
export function forgetRemoved(options: ForgetRemovedOptions): () => void {
  const { registry, boots, variables, desiredConfiguration, eventStreams, logFiles, onTrouble } = options;
  const { reservations, chargingProfiles, chargingReports } = options;
  return registry.onChange(({ thingName, kind }) => {
    if (kind !== 'removed') return;
    Promise.all([
      boots.remove(thingName),
      variables.remove(thingName),
      desiredConfiguration.removeThing(thingName),
      eventStreams.remove(thingName),
      logFiles.removeOf(thingName),
      reservations.removeOpen(thingName),
      chargingProfiles.removeThing(thingName),
      chargingReports.removeThing(thingName),
    ]).catch(onTrouble);
  });
}
