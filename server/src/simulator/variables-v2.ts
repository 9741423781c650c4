import type { Access, ChangeOutcome, Setting } from './configuration.ts';
import type { Reply } from './rpc-link.ts';
import { result, type Station, timestamp } from './station.ts';
import { asInteger, asList, asPayload, asText, type Payload } from './wire-values.ts';

const MUTABILITY: Record<Access, string> = {
  'read-write': 'ReadWrite',
  'read-only': 'ReadOnly',
  'write-only': 'WriteOnly',
};

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

/** Every kind of report is answered with everything there is. @see OCPP 2.0.1 part 2, B07-B08 */
export function report(station: Station, { requestId }: Payload): Reply {
  return result({ status: 'Accepted' }, () => {
    station.notify({
      action: 'NotifyReport',
      payload: {
        requestId: asInteger(requestId) ?? 0,
        generatedAt: timestamp(station),
        tbc: false,
        seqNo: 0,
        reportData: station.configuration.all().map(reported),
      },
    });
  });
}

function reported({ name, value, access, dataType }: Setting): Payload {
  const [component, variable] = name.split('/');
  return {
    component: { name: component },
    variable: { name: variable },
    variableAttribute: [
      { type: 'Actual', ...(access === 'write-only' ? {} : { value }), mutability: MUTABILITY[access] },
    ],
    variableCharacteristics: { dataType, supportsMonitoring: false },
  };
}

function settingName(component: unknown, variable: unknown): string {
  return `${asText(asPayload(component).name)}/${asText(asPayload(variable).name)}`;
}

function unknownStatus(station: Station, component: unknown): string {
  const prefix = `${asText(asPayload(component).name)}/`;
  const known = station.configuration.all().some(({ name }) => name.startsWith(prefix));
  return known ? 'UnknownVariable' : 'UnknownComponent';
}
