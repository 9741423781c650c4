import type { OCPP16 } from 'typed-ocpp';

type Actions = {
  [C in OCPP16.Call as `${C[2]}`]: { request: C[3]; response: OCPP16.CheckedCallResult<C>[2] };
};

/** Action → the types of its payloads in OCPP 1.6. */
export interface Messages extends Actions {}
