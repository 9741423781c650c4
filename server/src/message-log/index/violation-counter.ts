import type { Violation } from '@cpo-console/shared/ocpp-j/frame.ts';
import type Database from 'better-sqlite3';
import type { ViolationCount, ViolationCounts } from '../message-log.ts';
import { DIRECTIONS } from './day-file.ts';

/** Frames counted at once: some 0.3 s of the reader's thread. */
const MAX_FRAMES = 200_000;
/** A hostile charge point can invent a new rule to break with every frame. */
const MAX_RULES = 5_000;

/** Frames that say the same are one group: a charge point breaks the same rules again and again. */
const GROUPS = `
SELECT t.text AS thingName, a.text AS action, m.violations, count(*) AS frames, max(m.id) AS lastId, min(m.at) AS since
FROM (
  SELECT id, thing, action, at, violations FROM message INDEXED BY message_with_violations
  WHERE violations IS NOT NULL AND direction = ${DIRECTIONS.indexOf('in')} AND at >= ? AND at < ?
  ORDER BY id DESC LIMIT ?
) m JOIN name t ON t.id = m.thing LEFT JOIN name a ON a.id = m.action
GROUP BY m.thing, m.action, m.violations`;

/** Frames of a charge point and action that broke the same rules. `violations` is JSON. */
export interface ViolationGroup {
  thingName: string;
  action: string | null;
  violations: string;
  frames: number;
  lastId: number;
  since: number;
}

/** Counts days, the newest first, until there are enough frames. */
export function createViolationCounter({ from, to }: { from: number; to: number }) {
  const rules = new Map<string, ViolationCount>();
  const frames = new Map<string, number>();
  let left = MAX_FRAMES;
  let since = to;

  function add(group: ViolationGroup): void {
    const { thingName, action, lastId } = group;
    left -= group.frames;
    since = Math.min(since, group.since);
    frames.set(thingName, (frames.get(thingName) ?? 0) + group.frames);
    const broken = new Map((JSON.parse(group.violations) as Violation[]).map((each) => [ruleKey(each), each]));
    for (const [key, { rule, path, message }] of broken) {
      const ofThing = JSON.stringify([thingName, action, key]);
      const known = rules.get(ofThing);
      if (known !== undefined) {
        known.frames += group.frames;
        known.lastId = Math.max(known.lastId, lastId);
      } else if (rules.size < MAX_RULES) {
        rules.set(ofThing, { thingName, action, path: anyPlace(path), rule, message, frames: group.frames, lastId });
      }
    }
  }

  return {
    /** How many frames are still counted. */
    left: (): number => left,
    add,
    count(file: Database.Database): void {
      for (const group of file.prepare(GROUPS).iterate(from, to, left)) add(group as ViolationGroup);
    },
    result: (): ViolationCounts => ({ rules: [...rules.values()], frames, cutAt: left <= 0 ? since : null }),
  };
}

const ruleKey = ({ path, rule, message }: Violation): string => `${anyPlace(path)} ${rule} ${message}`;

/** `/meterValue/3/sampledValue/0/unit` and the like are one place. */
const anyPlace = (path: string): string => path.replace(/\/\d+(?=\/|$)/g, '/*');
