import type { Registry } from '../../registry/registry.ts';

/** Whether the registry can say who this is. A name that is unknown here may be known where things are kept: it is asked for. */
export async function canTell(registry: Pick<Registry, 'lookUp'>, identity: string): Promise<boolean> {
  return (await registry.lookUp(identity)) !== 'unavailable';
}
