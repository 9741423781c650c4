import type { ChargePointState } from './charge-point-state.ts';

export type OverallState = 'connected' | 'charging' | 'faulted' | 'booting' | 'offline' | 'never-seen';

/** One word for a charge point. What needs a person comes before what goes well. */
export function overallState(state: ChargePointState): OverallState {
  if (!state.connected) return state.connectedAt === null ? 'never-seen' : 'offline';
  if (isBooting(state)) return 'booting';
  if (state.station?.status === 'Faulted' || state.connectors.some(({ status }) => status === 'Faulted'))
    return 'faulted';
  if (state.transactions.length > 0 || state.connectors.some(({ status }) => status === 'Charging')) return 'charging';
  return 'connected';
}

/** Between a BootNotification and its acceptance. A reconnect needs no new one. */
function isBooting({ boot, connectedAt }: ChargePointState): boolean {
  if (boot === null || boot.status === 'Accepted') return false;
  return boot.status !== null || boot.at >= (connectedAt ?? 0);
}
