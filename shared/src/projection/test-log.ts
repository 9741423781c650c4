import type { LogDirection, LogEvent, LogEventName, LogKind, LogRow } from '../message-log/log-row.ts';

export const START = Date.UTC(2026, 0, 1);
export const iso = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();

/** Writes a log as a gateway would, one second per row. For tests. */
export class TestLog {
  readonly rows: LogRow[] = [];
  connectionId = 'c1';

  event<N extends LogEventName>(action: N, details: LogEvent[N]): this {
    return this.#row({ kind: 'event', action, frame: JSON.stringify(details) });
  }

  connect(protocol: LogEvent['connected']['protocol'], connectionId = 'c1', instance = 'i'): this {
    this.connectionId = connectionId;
    return this.event('connected', { protocol, remoteAddress: '192.0.2.1', instance });
  }

  call(direction: LogDirection, action: string, payload: unknown, messageId = `m${this.rows.length}`): this {
    const frame = JSON.stringify([2, messageId, action, payload]);
    return this.#row({ direction, kind: 'call', action, messageId, frame });
  }

  /** Answers the newest row. */
  answer(payload: unknown): this {
    const call = this.rows.at(-1);
    const direction = call?.direction === 'in' ? 'out' : 'in';
    const { action = null, messageId = null } = call ?? {};
    return this.#row({ direction, kind: 'result', action, messageId, frame: JSON.stringify([3, messageId, payload]) });
  }

  /** The newest row happened so much earlier, by the clock of who wrote it. */
  earlier(seconds: number): this {
    const row = this.rows.at(-1);
    if (row !== undefined) row.at -= seconds * 1_000;
    return this;
  }

  #row(row: Partial<LogRow> & { kind: LogKind; frame: string }): this {
    const id = this.rows.length + 1;
    this.rows.push({
      id,
      thingName: 'CP1',
      connectionId: this.connectionId,
      at: START + id * 1_000,
      direction: 'in',
      action: null,
      messageId: null,
      latencyMs: null,
      errorCode: null,
      violations: null,
      ...row,
    });
    return this;
  }
}
