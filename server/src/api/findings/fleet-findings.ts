import type { FleetFindings, ThingFindings } from '@cpo-console/shared/api/log.ts';
import { createFinder } from '@cpo-console/shared/findings/find.ts';
import type { Finding } from '@cpo-console/shared/findings/finding.ts';
import type { LogRange, MessageLog } from '../../message-log/message-log.ts';
import { isoTime } from '../time.ts';

const PAGE = 500;
/** Messages of one search, the newest of its range: what their rules remember has to find room in memory. */
const MAX_ROWS = 300_000;
const MAX_THINGS = 200;
const MAX_MESSAGE_IDS = 5;
const PARTS = 200;
const RUNNING_AT_ONCE = 2;
const KNOWN = 20;
/** Nobody has asked how far it is for so long: nobody waits. */
const FORGOTTEN_MS = 30_000;

interface Search extends FleetFindings {
  askedAt: number;
}

interface FleetFindingsOptions {
  now: () => number;
  newId: () => string;
  onTrouble: (error: unknown) => void;
}

/** Looks through the messages of all charge points, in the background, for whoever asks how far it is. */
export function createFleetFindings({ now, newId, onTrouble }: FleetFindingsOptions) {
  const searches = new Map<string, Search>();
  const view = ({ askedAt: _asked, ...found }: Search): FleetFindings => found;

  async function look(search: Search, log: MessageLog, range: LogRange): Promise<void> {
    const { from, total, isWhole } = await newestOf(log, range);
    search.total = total;
    search.cutAt = isWhole ? null : isoTime(from);
    const finders = new Map<string, ReturnType<typeof createFinder>>();
    let after = {};
    for (let full = true; full && search.rows < MAX_ROWS; ) {
      if (search.status !== 'running') return;
      if (now() - search.askedAt > FORGOTTEN_MS) {
        search.status = 'cancelled';
        return;
      }
      const rows = await log.query({ from, to: range.to, ...after, order: 'asc', limit: PAGE });
      for (const row of rows) {
        const finder = finders.get(row.thingName) ?? createFinder();
        finders.set(row.thingName, finder);
        finder.read(row);
      }
      search.rows += rows.length;
      after = { afterId: rows.at(-1)?.id ?? 0 };
      full = rows.length === PAGE;
    }
    const end = Math.min(range.to, now());
    const things = [...finders].map(([thingName, finder]) => summary(thingName, finder.end(end)));
    const troubled = things.filter(({ rules }) => rules.length > 0).sort(worstFirst);
    search.things = troubled.slice(0, MAX_THINGS);
    search.thingCount = troubled.length;
    search.status = 'done';
  }

  return {
    /** null: enough are running. */
    start(log: MessageLog, range: LogRange): FleetFindings | null {
      const running = [...searches.values()].filter(({ status }) => status === 'running');
      if (running.length >= RUNNING_AT_ONCE) return null;
      const empty = { rows: 0, total: null, cutAt: null, things: [], thingCount: 0 };
      const search: Search = { id: newId(), status: 'running', ...empty, askedAt: now() };
      searches.set(search.id, search);
      const oldest = [...searches.values()].find(({ status }) => status !== 'running');
      if (searches.size > KNOWN && oldest !== undefined) searches.delete(oldest.id);
      look(search, log, range).catch((error: unknown) => {
        search.status = 'failed';
        onTrouble(error);
      });
      return view(search);
    },
    get(id: string): FleetFindings | null {
      const search = searches.get(id);
      if (search === undefined) return null;
      search.askedAt = now();
      return view(search);
    },
    cancel(id: string): boolean {
      const search = searches.get(id);
      if (search?.status === 'running') search.status = 'cancelled';
      return search !== undefined;
    },
    stopAll(): void {
      for (const search of searches.values()) if (search.status === 'running') search.status = 'cancelled';
    },
  };
}

/** From when on there are not too many messages. */
async function newestOf(log: MessageLog, range: LogRange) {
  const { step, counts, cutAt } = await log.histogram({ ...range, parts: PARTS });
  let total = 0;
  let part = counts.length;
  while (part > 0 && total + (counts[part - 1] ?? 0) <= MAX_ROWS) {
    part -= 1;
    total += counts[part] ?? 0;
  }
  const from = Math.max(range.from + part * step, cutAt ?? range.from);
  return { from, total, isWhole: part === 0 && cutAt === null };
}

function summary(thingName: string, findings: readonly Finding[]): ThingFindings {
  const rules = new Map<string, ThingFindings['rules'][number]>();
  for (const { rule, severity, to, rowIds } of findings) {
    const known = rules.get(rule) ?? { rule, severity, findings: 0, lastAt: '', messageIds: [] };
    // The newest last: it is the one to look at.
    const messageIds = rowIds.slice(0, MAX_MESSAGE_IDS).map(String);
    const lastAt = isoTime(to);
    const isNewer = lastAt >= known.lastAt;
    rules.set(rule, { ...known, findings: known.findings + 1, ...(isNewer && { lastAt, messageIds }) });
  }
  const bad = findings.filter(({ severity }) => severity === 'bad').length;
  return { thingName, bad, warn: findings.length - bad, rules: [...rules.values()].sort(byWeight) };
}

const byWeight = (a: ThingFindings['rules'][number], b: ThingFindings['rules'][number]): number =>
  Number(b.severity === 'bad') - Number(a.severity === 'bad') || b.findings - a.findings;

const worstFirst = (a: ThingFindings, b: ThingFindings): number =>
  b.bad - a.bad || b.warn - a.warn || (a.thingName < b.thingName ? -1 : 1);
