import { isRefusal, statusOf } from '../message-log/exchange-flags.ts';
import type { LogRow } from '../message-log/log-row.ts';
import { integerOf, timeOf } from '../projection/read-payload.ts';
import { evidence, type FindingRule, type ReadRow } from './finding.ts';

const MINUTE_MS = 60_000;
const SKEW_MS = 60_000;
const SKEWED_ROWS = 3;

interface Often {
  name: string;
  severity: FindingRule['severity'];
  times: number;
  withinMs: number;
  /** Of what kind a row is, if it counts: each kind is counted by itself, and named. */
  kindOf: (read: ReadRow) => string | null;
}

/** Something that happens now and then, but not so often. */
const often = ({ name, severity, times, withinMs, kindOf }: Often): FindingRule => ({
  name,
  severity,
  start: (report) => {
    const runs = new Map<string, LogRow[]>();
    const flush = (subject: string, run: LogRow[]): void => {
      if (run.length >= times) report(evidence(run, { subject }));
    };
    return {
      read(read) {
        const { row } = read;
        const kind = kindOf(read);
        if (kind === null) return;
        let run = runs.get(kind) ?? [];
        const before = run.at(-(times - 1));
        // A run goes on while each of its windows is full; until then only the window's rows count.
        if (run.length >= times && before !== undefined && row.at - before.at > withinMs) {
          flush(kind, run);
          run = [];
        }
        if (run.length < times) run = run.filter(({ at }) => row.at - at <= withinMs);
        run.push(row);
        runs.set(kind, run);
      },
      end() {
        for (const [kind, run] of runs) flush(kind, run);
      },
    };
  },
});

const when =
  (matches: (row: LogRow) => boolean) =>
  ({ row }: ReadRow): string | null =>
    matches(row) ? '' : null;

export const bootLoop = often({
  name: 'boot-loop',
  severity: 'bad',
  times: 3,
  withinMs: 15 * MINUTE_MS,
  kindOf: when(({ kind, direction, action }) => kind === 'call' && direction === 'in' && action === 'BootNotification'),
});

export const flapping = often({
  name: 'flapping',
  severity: 'warn',
  times: 4,
  withinMs: 10 * MINUTE_MS,
  kindOf: when(({ kind, action }) => kind === 'event' && action === 'connected'),
});

export const repeatedRefusals = often({
  name: 'repeated-refusals',
  severity: 'warn',
  times: 3,
  withinMs: 10 * MINUTE_MS,
  kindOf: when(({ kind, action }) => kind === 'event' && action === 'refused'),
});

/** The same request is answered with no, over and over: a token, a command. */
export const refusedRequests = often({
  name: 'refused-requests',
  severity: 'warn',
  times: 3,
  withinMs: 10 * MINUTE_MS,
  kindOf: ({ row: { kind, action }, payload }) => {
    if (action === null || (kind !== 'error' && kind !== 'result')) return null;
    return kind === 'error' || isRefusal(statusOf(payload) ?? '') ? action : null;
  },
});

/** Silent for longer than two and a half heartbeat intervals while connected. */
export const heartbeatGap: FindingRule = {
  name: 'heartbeat-gap',
  severity: 'warn',
  start: (report) => {
    let intervalMs: number | null = null;
    let last: LogRow | null = null;
    return {
      read({ row, payload }) {
        if (row.action === 'BootNotification' && row.kind === 'result') {
          const seconds = integerOf(payload.interval);
          intervalMs = payload.status === 'Accepted' && seconds !== null && seconds > 0 ? seconds * 1_000 : null;
        }
        if (row.direction !== 'in') return;
        if (row.kind === 'event') {
          last = null;
          return;
        }
        if (last !== null && intervalMs !== null && row.at - last.at > intervalMs * 2.5) {
          report(evidence([last, row], { count: Math.round((row.at - last.at) / 1_000) }));
        }
        last = row;
      },
    };
  },
};

/** Its own time stamps are off by more than a minute, several times in a row and the same way. */
export const clockSkew: FindingRule = {
  name: 'clock-skew',
  severity: 'warn',
  start: (report) => {
    let run: { row: LogRow; skewMs: number }[] = [];
    const flush = (): void => {
      const rows = run.map(({ row }) => row);
      if (run.length >= SKEWED_ROWS) report(evidence(rows, { count: Math.round((run.at(-1)?.skewMs ?? 0) / 1_000) }));
      run = [];
    };
    return {
      read({ row, payload }) {
        if (row.direction !== 'in' || row.kind !== 'call' || row.action !== 'StatusNotification') return;
        const said = timeOf(payload.timestamp, row.at);
        const skewMs = said - row.at;
        const sameWay = run[0] === undefined || Math.sign(run[0].skewMs) === Math.sign(skewMs);
        if (Math.abs(skewMs) <= SKEW_MS || !sameWay) flush();
        if (Math.abs(skewMs) > SKEW_MS) run.push({ row, skewMs });
      },
      end: flush,
    };
  },
};

/** A command that the charge point never answered. */
export const unansweredCommand: FindingRule = {
  name: 'unanswered-command',
  severity: 'bad',
  start: (report) => {
    const waiting = new Map<string, LogRow>();
    return {
      read({ row }) {
        if (row.messageId === null) return;
        if (row.kind === 'call' && row.direction === 'out') waiting.set(row.messageId, row);
        else if (row.direction === 'in' && (row.kind === 'result' || row.kind === 'error'))
          waiting.delete(row.messageId);
      },
      end(at) {
        for (const row of waiting.values()) {
          if (at - row.at > 30_000) report(evidence([row], { subject: row.action ?? '' }));
        }
      },
    };
  },
};
