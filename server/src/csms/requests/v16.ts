import type { Records } from '../../charge-points/records.ts';
import { reserveNow16 } from '../behaviour/reserve-now.ts';
import type { RequestHandlers } from './request-handlers.ts';

/** What is done around our OCPP 1.6 CALLs. */
export function requests16(deps: Records): RequestHandlers {
  return { ReserveNow: reserveNow16(deps) };
}
