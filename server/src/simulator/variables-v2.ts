import type { ChangeOutcome } from './configuration.ts';
import type { Reply } from './rpc-link.ts';
import { result, type Station } from './station.ts';
import { asInteger, asList, asPayload, asText, type Payload } from './wire-values.ts';

/** @see OCPP 2.0.1 part 2, B06 */
export function getVariables(station: Station, { getVariableData }: Payload): Reply {
  const getVariableResult = asList(getVariableData).map(({ component, variable, attributeType }) => {
    const subject = { component, variable, ...(attributeType === undefined ? {} : { attributeType }) };
    if (attributeType !== undefined && attributeType !== 'Actual') {
      return { attributeStatus: 'NotSupportedAttributeType', ...subject };
    }
    const setting = station.configuration.get(settingName(component, variable));
    if (setting === undefined) return { attributeStatus: unknownStatus(station, component), ...subject };
    if (setting.access === 'write-only') return { attributeStatus: 'Rejected', ...subject };
    return { attributeStatus: 'Accepted', attributeValue: setting.value, ...subject };
  });
  return result({ getVariableResult });
}

const SET_STATUS: Record<Exclude<ChangeOutcome, 'unknown'>, string> = {
  changed: 'Accepted',
  'changed-for-next-boot': 'RebootRequired',
  'read-only': 'Rejected',
  'bad-value': 'Rejected',
};

/** @see OCPP 2.0.1 part 2, B05 */
export function setVariables(station: Station, { setVariableData }: Payload): Reply {
  const setVariableResult = asList(setVariableData).map(({ component, variable, attributeType, attributeValue }) => {
    const subject = { component, variable, ...(attributeType === undefined ? {} : { attributeType }) };
    if (attributeType !== undefined && attributeType !== 'Actual') {
      return { attributeStatus: 'NotSupportedAttributeType', ...subject };
    }
    const outcome = station.configuration.change(settingName(component, variable), asText(attributeValue) ?? '');
    const attributeStatus = outcome === 'unknown' ? unknownStatus(station, component) : SET_STATUS[outcome];
    return { attributeStatus, ...subject };
  });
  return result({ setVariableResult });
}

/** `Component[instance]@evse.connector/Variable[instance]`: how settings are named here. */
export function settingName(component: unknown, variable: unknown): string {
  const { name, instance, evse } = asPayload(component);
  const { id, connectorId } = asPayload(evse);
  const place =
    asInteger(id) === undefined ? '' : `@${id}${asInteger(connectorId) === undefined ? '' : `.${connectorId}`}`;
  const named = asPayload(variable);
  return `${asText(name) ?? ''}${inBrackets(instance)}${place}/${asText(named.name) ?? ''}${inBrackets(named.instance)}`;
}

const inBrackets = (instance: unknown): string => (asText(instance) === undefined ? '' : `[${asText(instance)}]`);

function unknownStatus(station: Station, component: unknown): string {
  const prefix = settingName(component, {}).toLowerCase();
  const known = station.configuration.all().some(({ name }) => name.toLowerCase().startsWith(prefix));
  return known ? 'UnknownVariable' : 'UnknownComponent';
}
