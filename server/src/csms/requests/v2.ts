import type { Records } from '../../charge-points/records.ts';
import { reportRequest } from '../behaviour/report-requests.ts';
import { reserveNow2 } from '../behaviour/reserve-now.ts';
import type { RequestHandlers } from './request-handlers.ts';

/** What is done around our OCPP 2.0.1 and 2.1 CALLs. */
export function requests2(deps: Records): RequestHandlers {
  return {
    GetBaseReport: reportRequest(deps),
    GetReport: reportRequest(deps),
    ReserveNow: reserveNow2(deps),
  };
}
