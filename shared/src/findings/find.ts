import type { LogRow } from '../message-log/log-row.ts';
import { decodeFrame } from '../ocpp-j/decode-frame.ts';
import { membersOf } from '../projection/read-payload.ts';
import {
  bootLoop,
  clockSkew,
  flapping,
  heartbeatGap,
  refusedRequests,
  repeatedRefusals,
  unansweredCommand,
} from './connection-rules.ts';
import type { Finding, FindingRule } from './finding.ts';
import { firmwareUnfinished, meterBackwards, seqNoGap, withoutStop, zeroEnergy } from './session-rules.ts';

const RULES: readonly FindingRule[] = [
  bootLoop,
  flapping,
  heartbeatGap,
  clockSkew,
  withoutStop,
  seqNoGap,
  meterBackwards,
  zeroEnergy,
  repeatedRefusals,
  refusedRequests,
  unansweredCommand,
  firmwareUnfinished,
];

/** A charge point that does the same wrong all day is told once a rule this often. */
const MAX_OF_RULE = 20;

/** Reads a charge point's rows in their order and finds what looks wrong. */
export function createFinder() {
  const findings: Finding[] = [];
  const counts = new Map<string, number>();
  const running = RULES.map(({ name, severity, start }) =>
    start((finding) => {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      if (count <= MAX_OF_RULE) findings.push({ rule: name, severity, ...finding });
    }),
  );
  return {
    read(row: LogRow): void {
      const decoded = row.kind === 'event' ? null : decodeFrame(row.frame, 'ocpp2.1');
      const payload = decoded?.ok && 'payload' in decoded.frame ? decoded.frame.payload : null;
      // Rules remember rows, some of them many: without what is large in them.
      const read = { row: { ...row, frame: '', violations: null }, payload: membersOf(payload) };
      for (const rule of running) rule.read(read);
    },
    /** @param at the end of the range, or now */
    end(at: number): Finding[] {
      for (const rule of running) rule.end?.(at);
      return findings.sort((a, b) => a.from - b.from);
    },
  };
}
