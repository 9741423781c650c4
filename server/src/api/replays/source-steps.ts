import type { NewRerun, RerunSource } from '@cpo-console/shared/api/replays.ts';
import type { ImportedLog } from '../../message-log/imports/imports.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import { createPlan, type Plan } from '../../rerun/plan.ts';
import { badRequest, conflict } from '../errors.ts';
import { isoTime, parseTime } from '../time.ts';

/** All of them are in memory while they are sent. */
const MAX_ROWS = 100_000;
const PAGE = 1_000;

/** Whose frames of when: what the request leaves open is the whole of an imported log. */
export function sourceOf(asked: NewRerun['source'], imported: ImportedLog | null): RerunSource {
  const { importId = null } = asked;
  const things = imported?.result?.things ?? [];
  const thingName = asked.thingName ?? (things.length === 1 ? things[0] : undefined);
  if (thingName === undefined) {
    throw badRequest('Say whose frames: source.thingName.', [{ path: '/source/thingName', message: 'is required' }]);
  }
  const from = asked.from === undefined ? imported?.result?.from : parseTime(asked.from, 'from');
  const to = asked.to === undefined ? (imported?.result?.to ?? -1) + 1 : parseTime(asked.to, 'to');
  if (from === undefined || from === null || from >= to) {
    throw badRequest('The range is empty.', [{ path: '/source/to', message: 'must be later than from' }]);
  }
  return { thingName, importId, from: isoTime(from), to: isoTime(to) };
}

export async function planOf(log: MessageLog, { thingName, from, to }: RerunSource): Promise<Plan> {
  const range = { thingName, from: Date.parse(from), to: Date.parse(to) };
  const plan = createPlan();
  let after = {};
  for (let read = 0; ; ) {
    const rows = await log.query({ ...range, ...after, order: 'asc', limit: PAGE });
    for (const row of rows) plan.add(row);
    read += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return plan.result();
    if (read >= MAX_ROWS) throw conflict(`The range has more than ${MAX_ROWS} messages: take a shorter one.`);
    after = { afterId: last.id };
  }
}
