import { type ChargePointState, LIMITS, type StateEvent } from './charge-point-state.ts';
import { appended } from './read-payload.ts';

/** Puts something worth knowing among the recent events. */
export function remark(next: ChargePointState, event: StateEvent): void {
  next.recentEvents = appended(
    next.recentEvents,
    { ...event, detail: event.detail.slice(0, LIMITS.text) },
    LIMITS.recentEvents,
  );
}
