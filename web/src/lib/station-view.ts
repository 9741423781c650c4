import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { ConnectorState, TransactionState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { newestAt } from '@cpo-console/shared/projection/fold-transactions.ts';
import type { Tone } from '../components/ui/tag.tsx';

/** A connector as the console shows it. */
export interface ConnectorView {
  key: string;
  /** `2`, or `2.1` where an EVSE has more than one. */
  label: string;
  status: string;
  /** What is wrong, when something is. */
  fault: string | null;
  tone: Tone;
  since: number;
  state: ConnectorState;
}

const TONES: Record<string, Tone> = {
  Available: 'ok',
  Charging: 'chg',
  Occupied: 'chg',
  Preparing: 'chg',
  Finishing: 'chg',
  SuspendedEV: 'warn',
  SuspendedEVSE: 'warn',
  Reserved: 'warn',
  Unavailable: 'off',
  Faulted: 'bad',
};

export const toneOf = (status: string): Tone => TONES[status] ?? 'off';

/** In 2.x "Occupied" hides what its session is doing: that word says more. */
function statusOf(connector: ConnectorState, transactions: TransactionState[]): string {
  if (connector.status !== 'Occupied') return connector.status;
  return newestAt(transactions, connector)?.chargingState ?? connector.status;
}

export function connectorsOf({ state }: Pick<Thing, 'state'>): ConnectorView[] {
  const perEvse = new Map<number | null, number>();
  for (const { evseId } of state.connectors) perEvse.set(evseId, (perEvse.get(evseId) ?? 0) + 1);
  return state.connectors.map((connector) => {
    const { evseId, connectorId, errorCode } = connector;
    const status = statusOf(connector, state.transactions);
    const alone = evseId === null || perEvse.get(evseId) === 1;
    const fault = errorCode && errorCode !== 'NoError' ? errorCode : null;
    return {
      key: `${evseId ?? ''}.${connectorId}`,
      label: evseId === null ? String(connectorId) : alone ? String(evseId) : `${evseId}.${connectorId}`,
      status,
      fault,
      tone: fault ? 'bad' : toneOf(status),
      since: connector.since,
      state: connector,
    };
  });
}

/** The newest first: an older one may have ended without our hearing of it. */
export const runningSessionsOf = ({ state }: Thing): TransactionState[] =>
  state.transactions.toSorted((a, b) => b.startedAt - a.startedAt);

export const vendorOf = ({ state }: Thing): string => state.chargingStation?.vendorName ?? '';

/** `2.0.1`: how people say it. */
export const versionName = (protocol: OcppVersion): string => protocol.replace('ocpp', '');
