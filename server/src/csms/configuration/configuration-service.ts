import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { ChangeResult, VariablePlace } from '@cpo-console/shared/api/configuration.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { Records } from '../../charge-points/records.ts';
import type { CommandService } from '../commands/command-service.ts';
import { resultsOf, saidInChangeConfiguration, saidInSetVariables } from './change-result.ts';

export interface Change extends VariablePlace {
  value: string;
}

export type ReportBase = 'FullInventory' | 'ConfigurationInventory' | 'SummaryInventory';

/** Reads and changes what a charge point is configured to, whatever its version. null: its version is not known. */
export interface ConfigurationService {
  versionOf(thingName: string): OcppVersion | null;
  /** Everything, or those of `places`. What it tells lands in the variables, in 2.x often after the command's answer. */
  read(
    thingName: string,
    what: { places: readonly VariablePlace[]; base: ReportBase; sentBy: string },
  ): Promise<Command[] | null>;
  /** One result for each change, in their order. Values go out as they are given. */
  change(thingName: string, changes: readonly Change[], sentBy: string): Promise<ChangeResult[] | null>;
}

export interface ConfigurationServiceOptions extends Pick<Records, 'variables'> {
  commands: Pick<CommandService, 'send' | 'versionOf'>;
}

/** Entries in one message when the charge point does not say how many it takes. */
const ITEMS_PER_MESSAGE = 20;

export function createConfigurationService(options: ConfigurationServiceOptions): ConfigurationService {
  const { commands, variables } = options;
  const { versionOf } = commands;

  const send = (thingName: string, sentBy: string) => (action: string, payload: object) =>
    commands.send({ thingName, action, payload, sentBy });

  /** @see OCPP 2.0.1 part 2, DeviceDataCtrlr.ItemsPerMessage */
  async function itemsPerMessage(thingName: string, message: string): Promise<number> {
    const component = { name: 'DeviceDataCtrlr', instance: null, evseId: null, connectorId: null };
    const place = { component, variable: { name: 'ItemsPerMessage', instance: message }, attribute: 'Actual' };
    const value = (await variables.at([thingName], [place])).get(thingName)?.[0]?.value;
    const items = Number(value ?? ITEMS_PER_MESSAGE);
    return Number.isInteger(items) && items > 0 ? items : ITEMS_PER_MESSAGE;
  }

  async function sendAll(
    send: (payload: object) => ReturnType<CommandService['send']>,
    payloads: readonly object[],
  ): Promise<Command[]> {
    const sent: Command[] = [];
    for (const payload of payloads) {
      const outcome = await send(payload);
      if (outcome.kind === 'done') sent.push(outcome.command);
    }
    return sent;
  }

  return {
    versionOf,
    async read(thingName, { places, base, sentBy }) {
      const version = versionOf(thingName);
      if (version === null) return null;
      const sending = send(thingName, sentBy);
      if (version === 'ocpp1.6') {
        const key = places.map(({ variable }) => variable.name);
        return sendAll((payload) => sending('GetConfiguration', payload), [key.length === 0 ? {} : { key }]);
      }
      if (places.length === 0) return sendAll((payload) => sending('GetBaseReport', payload), [{ reportBase: base }]);
      const chunks = inChunks(places, await itemsPerMessage(thingName, 'GetVariables'));
      const payloads = chunks.map((chunk) => ({ getVariableData: chunk.map(wirePlace) }));
      return sendAll((payload) => sending('GetVariables', payload), payloads);
    },
    async change(thingName, changes, sentBy) {
      const version = versionOf(thingName);
      if (version === null) return null;
      const sending = send(thingName, sentBy);
      const results: ChangeResult[] = [];
      const is16 = version === 'ocpp1.6';
      const size = is16 ? 1 : await itemsPerMessage(thingName, 'SetVariables');
      for (const chunk of inChunks(changes, size)) {
        const places = chunk.map(placeOf);
        if (results.at(-1)?.outcome === 'failed') {
          results.push(...places.map((place) => ({ ...place, ...NOT_SENT })));
        } else if (is16) {
          const sent = await sending('ChangeConfiguration', keyAndValue(chunk));
          results.push(...resultsOf(places, sent, saidInChangeConfiguration));
        } else {
          const setVariableData = chunk.map((change) => ({ attributeValue: change.value, ...wirePlace(change) }));
          results.push(...resultsOf(places, await sending('SetVariables', { setVariableData }), saidInSetVariables));
        }
      }
      return results;
    },
  };
}

/** After one that failed, the next would only wait as long again. */
const NOT_SENT = { status: 'not-sent', outcome: 'failed', detail: null, commandId: null } as const;

const keyAndValue = ([change]: readonly Change[]) => ({ key: change?.variable.name, value: change?.value });

const placeOf = ({ component, variable, attribute }: VariablePlace): VariablePlace => ({
  component,
  variable,
  attribute,
});

/** As 2.x writes it: what is not there is absent, and Actual goes without saying. */
function wirePlace({ component, variable, attribute }: VariablePlace): object {
  const { evseId = null, connectorId = null } = component ?? {};
  const evse = evseId === null ? {} : { evse: { id: evseId, ...(connectorId === null ? {} : { connectorId }) } };
  return {
    ...(attribute === 'Actual' ? {} : { attributeType: attribute }),
    component: { name: component?.name ?? '', ...withInstance(component?.instance ?? null), ...evse },
    variable: { name: variable.name, ...withInstance(variable.instance) },
  };
}

const withInstance = (instance: string | null): object => (instance === null ? {} : { instance });

function inChunks<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < list.length; at += size) chunks.push(list.slice(at, at + size));
  return chunks;
}
