/** OCPP 2.1: a periodic stream of values of a charge point. */
export interface EventStream {
  id: number;
  /** The monitor whose values it carries; null when it was not told. */
  monitoringId: number | null;
  intervalSeconds: number | null;
  maxValues: number | null;
  openedAt: string;
  closedAt: string | null;
  /** By the charge point's clock. */
  lastAt: string | null;
  lastValue: string | null;
  /** What the charge point still held back with the last one. */
  pending: number | null;
  received: number;
}

export interface SecurityEvent {
  id: string;
  type: string;
  severity: 'info' | 'warning' | 'critical';
  techInfo: string | null;
  /** By the charge point's clock. */
  at: string;
  receivedAt: string;
}
