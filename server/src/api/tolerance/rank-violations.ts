import type { BrokenRule, RankedViolations } from '@cpo-console/shared/api/tolerance.ts';
import type { StationModel, Tolerances } from '../../charge-points/tolerances/tolerances.ts';
import type { ViolationCount, ViolationCounts } from '../../message-log/message-log.ts';

const MAX_RULES = 30;

export interface RankOptions {
  by: 'model' | 'charge-point';
  limit: number;
  stationOf: (thingName: string) => StationModel | null;
  tolerances: Pick<Tolerances, 'of'>;
}

/** Models or charge points by the frames in which they broke a rule, the worst first. */
export function rankViolations({ rules, frames }: ViolationCounts, options: RankOptions): RankedViolations[] {
  const { by, stationOf, tolerances } = options;
  const keyOf = (thingName: string): string => {
    const station = stationOf(thingName);
    return by === 'model' ? JSON.stringify([station?.vendorName, station?.model]) : thingName;
  };
  const rulesOf = Map.groupBy(rules, ({ thingName }) => keyOf(thingName));
  return [...Map.groupBy(frames, ([thingName]) => keyOf(thingName))]
    .map(([key, counted]) => {
      const [thingName = ''] = counted[0] ?? [];
      const station = stationOf(thingName);
      return {
        vendorName: station?.vendorName ?? null,
        model: station?.model ?? null,
        thingName: by === 'model' ? null : thingName,
        chargePoints: counted.length,
        frames: counted.reduce((sum, [, count]) => sum + count, 0),
        tolerance: tolerances.of(by === 'model' ? '' : thingName, station),
        rules: mergeRules(rulesOf.get(key) ?? []),
      };
    })
    .sort((a, b) => b.frames - a.frames)
    .slice(0, options.limit);
}

function mergeRules(counts: readonly ViolationCount[]): BrokenRule[] {
  const ofRule = Map.groupBy(counts, ({ action, path, rule, message }) =>
    JSON.stringify([action, path, rule, message]),
  );
  return [...ofRule.values()]
    .flatMap((same) => {
      const last = same.reduce((newest, each) => (each.lastId > newest.lastId ? each : newest));
      const { action, path, rule, message, thingName, lastId } = last;
      const total = same.reduce((sum, each) => sum + each.frames, 0);
      const where = { lastMessageId: String(lastId), lastThingName: thingName };
      return { action, path, rule, message, frames: total, ...where };
    })
    .sort((a, b) => b.frames - a.frames)
    .slice(0, MAX_RULES);
}
