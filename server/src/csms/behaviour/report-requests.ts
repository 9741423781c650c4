import { integerOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Records } from '../../charge-points/records.ts';
import type { RequestHandler } from '../requests/request-handlers.ts';

/** GetBaseReport and GetReport: an id is given when there is none, and what it stands for is remembered. */
export function reportRequest({ variableReports, boots }: Pick<Records, 'variableReports' | 'boots'>): RequestHandler {
  return {
    complete(_thingName, payload) {
      const isGiven = payload === null || typeof payload !== 'object' || 'requestId' in payload;
      return isGiven ? payload : { requestId: variableReports.newRequestId(), ...payload };
    },
    async sending({ thingName, payload }) {
      boots.asked(thingName, 'NotifyReport');
      const { requestId, reportBase } = membersOf(payload);
      const id = integerOf(requestId);
      if (id !== null) await variableReports.asked(thingName, { requestId: id, kind: textOf(reportBase) ?? 'Custom' });
    },
  };
}
