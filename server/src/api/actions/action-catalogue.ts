import { readFile } from 'node:fs/promises';
import type { ActionInfo } from '@cpo-console/shared/ocpp/action-info.ts';
import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import { VERSION_FOLDERS } from '@cpo-console/shared/ocpp/versions.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

export interface CataloguedAction extends Pick<ActionInfo, 'from' | 'block' | 'summary'> {
  action: string;
  requestSchema: Record<string, unknown> | null;
}

/** What can be said in each version. The schemas are read when first asked for. */
export function createActionCatalogue(): { of(version: OcppVersion): Promise<CataloguedAction[]> } {
  const read = new Map<OcppVersion, Promise<CataloguedAction[]>>();
  return {
    of(version) {
      let actions = read.get(version);
      if (actions === undefined) {
        actions = readActions(version);
        read.set(version, actions);
        actions.catch(() => read.delete(version));
      }
      return actions;
    },
  };
}

const readActions = (version: OcppVersion): Promise<CataloguedAction[]> =>
  Promise.all(
    Object.entries(ACTIONS[version]).map(async ([action, { from, block, summary }]) => ({
      action,
      from,
      block,
      summary,
      requestSchema: from === 'charge-point' ? null : await requestSchema(version, action),
    })),
  );

async function requestSchema(version: OcppVersion, action: string): Promise<Record<string, unknown>> {
  const file = import.meta.resolve(`@cpo-console/shared/generated/schemas/${VERSION_FOLDERS[version]}/${action}.json`);
  const schemas = JSON.parse(await readFile(new URL(file), 'utf8')) as { request: Record<string, unknown> };
  return schemas.request;
}
