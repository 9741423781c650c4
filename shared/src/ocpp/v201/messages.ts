import type { OCPP20 } from 'typed-ocpp';

type Actions = {
  [C in OCPP20.Call as `${C[2]}`]: { request: C[3]; response: OCPP20.CheckedCallResult<C>[2] };
};

/** Action → the types of its payloads in OCPP 2.0.1. */
export interface Messages extends Actions {}
