import { membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { RequestDeps, RequestHandler } from '../requests/request-handlers.ts';

const MAX_ID = 2 ** 31 - 1;

/** Without an id of its own a request gets one that the charge point has not been given lately. @see OCPP 2.0.1 part 2, F01 */
export function requestStart({ now }: Pick<RequestDeps, 'now'>): RequestHandler {
  let last = 0;
  return {
    complete(_thingName, payload) {
      const members = membersOf(payload);
      if (members !== payload || 'remoteStartId' in members) return payload;
      last = Math.max(last + 1, now() % MAX_ID);
      return { remoteStartId: last, ...members };
    },
  };
}
