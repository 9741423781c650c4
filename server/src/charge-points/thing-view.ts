import type { Thing } from '@cpo-console/shared/api/things.ts';
import { type ChargePointState, initialState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { overallState } from '@cpo-console/shared/projection/charge-point-status.ts';
import type { RegisteredThing } from '../registry/registry.ts';

/** A registered charge point with what its frames say about it. */
export function thingView(registered: RegisteredThing, known: ChargePointState | null): Thing {
  const state = known ?? initialState(registered.thingName);
  return {
    thingName: registered.thingName,
    attributes: registered.attributes,
    tags: registered.tags,
    auth: {
      type: registered.authType,
      securityProfile: registered.securityProfile,
      passwordOfferedAt:
        registered.passwordOfferedAt === null ? null : new Date(registered.passwordOfferedAt).toISOString(),
    },
    sandbox: registered.sandbox,
    protocol: state.protocol,
    connected: state.connected,
    lastSeenAt: state.lastSeenAt === null ? null : new Date(state.lastSeenAt).toISOString(),
    createdAt: new Date(registered.createdAt).toISOString(),
    overall: overallState(state),
    state,
  };
}

/**
 * For lists and the fleet's stream: without what only the page of one charge point shows, which can be hundreds of
 * kilobytes. The members are absent, so that a reader that merges it into a full view keeps what that has.
 */
export function thingListView(registered: RegisteredThing, known: ChargePointState | null): Thing {
  const view = thingView(registered, known);
  const { configuration: _1, recentEvents: _2, pending: _3, endedTransactionIds: _4, ...state } = view.state;
  return { ...view, state: state as ChargePointState };
}
