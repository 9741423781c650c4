import type { Access, Setting } from './configuration.ts';
import type { Reply } from './rpc-link.ts';
import { result, type Station, timestamp } from './station.ts';
import { settingName } from './variables-v2.ts';
import { asInteger, asList, type Payload } from './wire-values.ts';

const ENTRIES_PER_PART = 20;

const MUTABILITY: Record<Access, string> = {
  'read-write': 'ReadWrite',
  'read-only': 'ReadOnly',
  'write-only': 'WriteOnly',
};

const IN_SUMMARY = /\/(AvailabilityState|Available|Problem)$/;

/** @see OCPP 2.0.1 part 2, B07 */
export function baseReport(station: Station, { requestId, reportBase }: Payload): Reply {
  const all = station.configuration.all();
  if (reportBase === 'ConfigurationInventory') {
    return report(
      station,
      requestId,
      all.filter(({ access }) => access !== 'read-only'),
    );
  }
  if (reportBase === 'SummaryInventory')
    return report(
      station,
      requestId,
      all.filter(({ name }) => IN_SUMMARY.test(name)),
    );
  return report(station, requestId, all);
}

/** Of criteria, it knows that everything is available and nothing a problem. @see OCPP 2.0.1 part 2, B08 */
export function customReport(station: Station, { requestId, componentCriteria, componentVariable }: Payload): Reply {
  const wanted = asList(componentVariable);
  const isProblem = Array.isArray(componentCriteria) && componentCriteria.every((each) => each === 'Problem');
  const chosen = station.configuration
    .all()
    .filter(({ name }) => !isProblem && (wanted.length === 0 || wanted.some((each) => isAsked(name, each))));
  return report(station, requestId, chosen);
}

function isAsked(name: string, { component, variable }: Payload): boolean {
  const sought = settingName(component, variable ?? {}).toLowerCase();
  const [owner = '', named = ''] = sought.split('/');
  const [ownName = '', ownVariable = ''] = name.toLowerCase().split('/');
  const isSameOwner = ownName === owner || ownName.startsWith(`${owner}@`) || ownName.startsWith(`${owner}[`);
  return isSameOwner && (variable === undefined || ownVariable === named || ownVariable.startsWith(`${named}[`));
}

function report(station: Station, requestId: unknown, settings: readonly Setting[]): Reply {
  if (settings.length === 0) return result({ status: 'EmptyResultSet' });
  return result({ status: 'Accepted' }, () => {
    const parts = Math.ceil(settings.length / ENTRIES_PER_PART);
    for (let seqNo = 0; seqNo < parts; seqNo++) {
      // Asked for, so it goes out while the boot is pending, too.
      station.sendTriggered({
        action: 'NotifyReport',
        payload: {
          requestId: asInteger(requestId) ?? 0,
          generatedAt: timestamp(station),
          tbc: seqNo < parts - 1,
          seqNo,
          reportData: settings.slice(seqNo * ENTRIES_PER_PART, (seqNo + 1) * ENTRIES_PER_PART).map(reported),
        },
      });
    }
  });
}

function reported({ name, value, access, dataType, unit, minLimit, maxLimit, valuesList }: Setting): Payload {
  const [owner = '', named = ''] = name.split('/');
  const [, componentName = '', evse] = /^([^@]+)(?:@(.+))?$/.exec(owner) ?? [];
  const [, variableName = '', instance] = /^([^[]+)(?:\[(.+)\])?$/.exec(named) ?? [];
  const [id, connectorId] = (evse ?? '').split('.');
  return {
    component: {
      name: componentName,
      ...(id ? { evse: { id: Number(id), ...(connectorId ? { connectorId: Number(connectorId) } : {}) } } : {}),
    },
    variable: { name: variableName, ...(instance ? { instance } : {}) },
    variableAttribute: [
      {
        type: 'Actual',
        ...(access === 'write-only' ? {} : { value }),
        mutability: MUTABILITY[access],
        persistent: access !== 'read-only',
        constant: false,
      },
    ],
    variableCharacteristics: {
      dataType,
      supportsMonitoring: false,
      ...(unit === undefined ? {} : { unit }),
      ...(minLimit === undefined ? {} : { minLimit }),
      ...(maxLimit === undefined ? {} : { maxLimit }),
      ...(valuesList === undefined ? {} : { valuesList }),
    },
  };
}
