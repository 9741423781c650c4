import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { Call, HandlerDeps } from '../handlers/handler.ts';
import { routes16 } from '../handlers/v16/routes.ts';
import { routes21, sends21 } from '../handlers/v21/routes.ts';
import { routes201 } from '../handlers/v201/routes.ts';

/** A handler whose request has been checked against the schema of its action. */
export type CheckedHandler = (request: unknown, call: Call) => unknown;
export type RouteTable = Record<OcppVersion, ReadonlyMap<string, CheckedHandler>>;

/** Version → action → handler. */
export function createRouteTable(deps: HandlerDeps): RouteTable {
  return {
    'ocpp1.6': tableOf(routes16(deps)),
    'ocpp2.0.1': tableOf(routes201(deps)),
    'ocpp2.1': tableOf(routes21(deps)),
  };
}

/** As {@link RouteTable}, for what is never answered. */
export type SendTable = Record<OcppVersion, ReadonlyMap<string, (request: unknown, call: Call) => Promise<void>>>;

export function createSendTable(deps: HandlerDeps): SendTable {
  const none = new Map();
  return { 'ocpp1.6': none, 'ocpp2.0.1': none, 'ocpp2.1': new Map(Object.entries(sends21(deps))) } as SendTable;
}

function tableOf(handlers: object): ReadonlyMap<string, CheckedHandler> {
  return new Map(Object.entries(handlers) as [string, CheckedHandler][]);
}
