import type { OCPP21 } from 'typed-ocpp';

type Actions = {
  [C in OCPP21.Call as `${C[2]}`]: {
    request: C[3];
    response: `${C[2]}` extends 'NotifyPeriodicEventStream' ? never : OCPP21.CheckedCallResult<C>[2];
  };
};

/** Action → the types of its payloads in OCPP 2.1. NotifyPeriodicEventStream is a SEND: it has no response. */
export interface Messages extends Actions {}
