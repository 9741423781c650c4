import type { LogEvent, LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import { readErrorCode } from '@cpo-console/shared/ocpp-j/error-codes.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { MessageBus } from '../bus/message-bus.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import { followBus } from './bus-metrics.ts';
import { TalliedHistogram } from './tallied-histogram.ts';

const LATENCY_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const OTHER = 'other';
const KNOWN_ACTIONS: ReadonlySet<string> = new Set(OCPP_VERSIONS.flatMap((version) => Object.keys(ACTIONS[version])));

/** What the process measures of itself, as Prometheus reads it. Labels are bounded: nothing from the wire becomes one. */
export interface Metrics {
  /** How long a handler took, in milliseconds. */
  handled(action: string, tookMs: number): void;
  /** Counts the frames of a log, and reports the log's own health. */
  follow(log: Pick<MessageLog, 'subscribe' | 'health'>): () => void;
  /** Reports the health of what carries messages. */
  followBus(bus: Pick<MessageBus, 'trouble' | 'figures'>): () => void;
  /** Text of /metrics. */
  read(): Promise<string>;
  contentType: string;
  close(): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // Event-loop lag, CPU, memory, file descriptors, garbage collection.
  collectDefaultMetrics({ register: registry });

  const connections = createConnectionMetrics(registers);
  const handling = new TalliedHistogram({
    name: 'csms_handler_seconds',
    help: 'Time a handler takes for a CALL',
    labelName: 'action',
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const frames = createFrameMetrics(registers);

  return {
    handled: (action, tookMs) => handling.observe(actionLabel(action), tookMs / 1000),
    follow(log) {
      const stopGauges = followHealth(log, registers);
      const stop = log.subscribe((entries) => {
        for (const { row } of entries) {
          frames.count(row);
          if (row.kind === 'event') connections.note(row);
        }
        frames.commit(log.health().lastCommitMs);
      });
      return () => {
        stop();
        stopGauges();
      };
    },
    followBus: (bus) => followBus(bus, registers),
    read: () => registry.metrics(),
    contentType: registry.contentType,
    close: () => registry.clear(),
  };
}

/** Counts this process's connections by what the log says of them. */
function createConnectionMetrics(registers: Registry[]): { note(event: LogRow): void } {
  const connections = new Gauge({
    name: 'ocpp_connections',
    help: 'Charge points connected now',
    labelNames: ['protocol'],
    registers,
  });
  const open = new Map<string, OcppVersion>();
  for (const protocol of OCPP_VERSIONS) connections.set({ protocol }, 0);
  return {
    note(event) {
      if (event.action === 'connected') {
        const { protocol } = JSON.parse(event.frame) as LogEvent['connected'];
        open.set(event.connectionId, protocol);
        connections.inc({ protocol });
      } else if (event.action === 'disconnected') {
        const protocol = open.get(event.connectionId);
        if (protocol !== undefined && open.delete(event.connectionId)) connections.dec({ protocol });
      }
    },
  };
}

interface FrameMetrics {
  count(row: LogRow): void;
  commit(tookMs: number): void;
}

function createFrameMetrics(registers: Registry[]): FrameMetrics {
  const frames = new Counter({
    name: 'ocpp_frames_total',
    help: 'Frames by direction, action and outcome',
    labelNames: ['direction', 'action', 'outcome'],
    registers,
  });
  const events = new Counter({
    name: 'ocpp_connection_events_total',
    help: 'Connects, disconnects, refusals and undelivered frames',
    labelNames: ['event', 'reason'],
    registers,
  });
  const answers = new Histogram({
    name: 'ocpp_answer_seconds',
    help: 'Time that charge points take to answer our CALLs',
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const commits = new Histogram({
    name: 'message_log_commit_seconds',
    help: 'Time a group of rows takes to be on disk',
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const counters = new Map<string, { inc(): void }>();

  return {
    count(row) {
      if (row.kind === 'event') return events.inc({ event: row.action ?? 'other', reason: reasonLabel(row) });
      const action = actionLabel(row.action);
      const outcome = outcomeLabel(row);
      // There are few combinations.
      const key = `${row.direction} ${action} ${outcome}`;
      let counter = counters.get(key);
      if (counter === undefined) {
        counter = frames.labels({ direction: row.direction, action, outcome });
        counters.set(key, counter);
      }
      counter.inc();
      if (row.latencyMs !== null && row.direction === 'in') answers.observe(row.latencyMs / 1000);
    },
    commit: (tookMs) => commits.observe(tookMs / 1000),
  };
}

function followHealth(log: Pick<MessageLog, 'health'>, registers: Registry[]): () => void {
  let following = true;
  const lag = new Gauge({
    name: 'message_log_index_lag_rows',
    help: 'Durable rows that queries can’t find yet',
    registers,
    collect: () => {
      if (following) lag.set(log.health().indexLagRows);
    },
  });
  const trouble = new Gauge({
    name: 'message_log_trouble',
    help: '1 while rows can’t be stored',
    registers,
    collect: () => {
      if (following) trouble.set(log.health().trouble === null ? 0 : 1);
    },
  });
  return () => {
    following = false;
  };
}

const actionLabel = (action: string | null): string => (action !== null && KNOWN_ACTIONS.has(action) ? action : OTHER);

function outcomeLabel(row: LogRow): string {
  if (row.kind === 'error') return readErrorCode(row.errorCode ?? '') ?? 'other-error';
  if (row.kind !== 'malformed' && row.violations !== null && row.violations.length > 0) return 'violation';
  return row.kind;
}

function reasonLabel(row: LogRow): string {
  return row.action === 'refused' ? (JSON.parse(row.frame) as LogEvent['refused']).reason : '';
}
