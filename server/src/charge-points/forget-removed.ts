import type { Registry } from '../registry/registry.ts';
import type { Records } from './records.ts';

export interface ForgetRemovedOptions extends Pick<Records, 'boots' | 'variables' | 'desiredConfiguration'> {
  registry: Pick<Registry, 'onChange'>;
  onTrouble: (error: unknown) => void;
}

/** One that is registered again under a removed one's name starts with nothing of its configuration. @returns ends it */
export function forgetRemoved(options: ForgetRemovedOptions): () => void {
  const { registry, boots, variables, desiredConfiguration, onTrouble } = options;
  return registry.onChange(({ thingName, kind }) => {
    if (kind !== 'removed') return;
    Promise.all([
      boots.remove(thingName),
      variables.remove(thingName),
      desiredConfiguration.removeThing(thingName),
    ]).catch(onTrouble);
  });
}
