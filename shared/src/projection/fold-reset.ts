import type { ChargePointState, PendingCall, ResetState } from './charge-point-state.ts';

type Asked = Pick<ResetState, 'type' | 'evseId'>;

/** It agreed to restart, now or when it is idle. @see OCPP 2.0.1 part 2, B11 and B12; 1.6 §5.14 */
export function takeReset(
  next: ChargePointState,
  { type, evseId }: Asked,
  { status, at }: { status: string | null; at: number },
): void {
  if (status === 'Accepted' || status === 'Scheduled') next.reset = { at, status, type, evseId };
}

/** Some restart before they answer: the connection ends first. */
export function takeUnansweredReset(next: ChargePointState, pending: readonly PendingCall[], at: number): void {
  const call = pending.find(({ remembered }) => remembered?.kind === 'reset');
  if (call?.remembered?.kind !== 'reset') return;
  const { type, evseId } = call.remembered;
  next.reset = { at, status: null, type, evseId };
}

/** A boot ends it; but for one that was merely asked for. */
export function endReset(next: ChargePointState, bootReason: string | null): void {
  if (bootReason !== 'Triggered') next.reset = null;
}

/** An EVSE that was restarted says so by its state. */
export function endEvseReset(next: ChargePointState, evseId: number, status: string): void {
  if (next.reset?.evseId === evseId && status !== 'Occupied') next.reset = null;
}
