import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { Records } from '../../charge-points/records.ts';
import type { Registry } from '../../registry/registry.ts';
import { ID_TOKEN_TYPES as TYPES_21 } from '../handlers/v21/authorization/id-token-types.ts';
import { ID_TOKEN_TYPES as TYPES_201 } from '../handlers/v201/authorization/id-token-types.ts';
import { requests2 } from './v2.ts';
import { requests16 } from './v16.ts';

export interface RequestDeps extends Records {
  registry: Pick<Registry, 'offerPassword'>;
  now: () => number;
}

/** A CALL of ours that has passed its schema. */
export interface OutgoingRequest {
  /** That of the command. */
  id: string;
  thingName: string;
  payload: unknown;
  sentBy: string;
}

/** What is done around a CALL of ours, besides taking in its result. */
export interface RequestHandler {
  /** Fills in what the caller left to us. The payload is unchecked yet. */
  complete?(thingName: string, payload: unknown): unknown;
  /** Remembers what is asked for, before the charge point hears of it. */
  sending?(request: OutgoingRequest): Promise<void>;
  /** There will be no CALLRESULT: a CALLERROR came, or nothing. */
  unanswered?(request: OutgoingRequest): Promise<void>;
}

export type RequestHandlers = Readonly<Record<string, RequestHandler>>;

export interface RequestSteps {
  complete(version: OcppVersion, action: string, request: { thingName: string; payload: unknown }): unknown;
  sending(version: OcppVersion, action: string, request: OutgoingRequest): Promise<void>;
  unanswered(version: OcppVersion, action: string, request: OutgoingRequest): Promise<void>;
}

/** Version → action → what we do before and besides. For most, nothing. */
export function createRequestSteps(deps: RequestDeps): RequestSteps {
  const handlers: Record<OcppVersion, ReadonlyMap<string, RequestHandler>> = {
    'ocpp1.6': new Map(Object.entries(requests16(deps))),
    'ocpp2.0.1': new Map(Object.entries(requests2(deps, TYPES_201))),
    'ocpp2.1': new Map(Object.entries(requests2(deps, TYPES_21))),
  };
  return {
    complete(version, action, { thingName, payload }) {
      const complete = handlers[version].get(action)?.complete;
      return complete === undefined ? payload : complete(thingName, payload);
    },
    sending: async (version, action, request) => handlers[version].get(action)?.sending?.(request),
    unanswered: async (version, action, request) => handlers[version].get(action)?.unanswered?.(request),
  };
}
