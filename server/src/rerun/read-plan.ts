import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { LoggedLine } from '../message-log/formats/logged-line.ts';
import { openLogFile } from '../message-log/formats/open-log-file.ts';
import { readLog } from '../message-log/formats/read-log.ts';
import { createRowBuilder } from '../message-log/formats/row-builder.ts';
import type { TextLine } from '../message-log/formats/text-log.ts';
import { timeOrder } from '../message-log/formats/time-order.ts';
import { createPlan, type Plan } from './plan.ts';

/** All of them are in memory while they are sent. */
const MAX_LINES = 500_000;
const NO_NAME = 'the log';

export type ReadPlan =
  | { ok: true; plan: Plan; problems: { line: number; problem: string }[] }
  | { ok: false; reason: string };

interface Options {
  /** Whose lines; null: those of the only one. */
  from: string | null;
  protocol: OcppVersion | null;
}

/** Reads a log of any format that the console imports. Row ids are line numbers. */
export async function readPlan(path: string, { from, protocol }: Options): Promise<ReadPlan> {
  const lines: { line: LoggedLine; verb: TextLine['verb']; number: number }[] = [];
  const problems: { line: number; problem: string }[] = [];
  for await (const outcome of readLog(openLogFile(path))) {
    const number = outcome.lineNumber;
    if (outcome.kind === 'bad') problems.push({ line: number, problem: outcome.problem });
    if (outcome.kind === 'line') lines.push({ line: outcome.line, verb: outcome.verb ?? null, number });
    if (lines.length > MAX_LINES) return { ok: false, reason: `It has more than ${MAX_LINES} messages; cut it.` };
  }
  const order = [...timeOrder(lines.map(({ line }) => line.at))];
  const toRow = createRowBuilder({ validator: await createValidator(), thingName: from ?? NO_NAME, protocol });
  const rows = order
    .flatMap((place) => lines[place] ?? [])
    .map(({ line, verb, number }) => ({ ...toRow(line, verb), id: number }));
  const names = [...new Set(rows.map(({ thingName }) => thingName))].filter((name) => name !== NO_NAME);
  if (from === null && names.length > 1) {
    const some = names.slice(0, 10).join(', ');
    return {
      ok: false,
      reason: `It has several charge points (${some}${names.length > 10 ? ', …' : ''}): name one with --from-cp.`,
    };
  }
  const planner = createPlan();
  for (const row of rows) if (from === null || row.thingName === from) planner.add(row);
  const plan = planner.result();
  if (plan.steps.length > 0) return { ok: true, plan, problems };
  if (problems[0]) return { ok: false, reason: `Line ${problems[0].line} ${problems[0].problem}.` };
  return {
    ok: false,
    reason: from === null ? 'There is no OCPP message in it.' : `There is nothing of ${from} in it.`,
  };
}
