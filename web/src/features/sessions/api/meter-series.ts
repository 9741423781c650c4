import type { MeterValue, SampledValue } from '@cpo-console/shared/api/transactions.ts';

/** What one measurand said over the session, all on the same times. */
export interface MeterSeries {
  /** `Power.Active.Import`, `Current.Import L2`: as it stands in the address. */
  key: string;
  unit: string;
  values: (number | null)[];
}

export interface SessionSeries {
  /** Seconds since the epoch, rising. */
  times: number[];
  series: MeterSeries[];
}

const ENERGY = 'Energy.Active.Import.Register';
const POWER = 'Power.Active.Import';
/** Shown unless the address says otherwise. */
export const FIRST_SERIES: readonly string[] = [POWER, ENERGY, 'SoC'];
/** Without a total, the phases of these add up to one. */
const SUMMED: readonly string[] = [ENERGY, POWER];
const THOUSANDS: Readonly<Record<string, string>> = { Wh: 'kWh', W: 'kW', varh: 'kvarh', var: 'kvar', VA: 'kVA' };

/** Every measurand by phase and place, and the energy since the first reading. */
export function sessionSeries(values: MeterValue[]): SessionSeries {
  const byTime = new Map<number, Map<string, SampledValue>>();
  for (const { at, samples } of values) {
    const time = Date.parse(at) / 1000;
    const known = byTime.get(time) ?? new Map<string, SampledValue>();
    byTime.set(time, known);
    for (const sample of withTotals(samples)) if (sample.value !== null) known.set(keyOf(sample), sample);
  }
  const times = [...byTime.keys()].sort((a, b) => a - b);
  const keys = [...new Set([...byTime.values()].flatMap((samples) => [...samples.keys()]))];
  const series = keys.map((key) => {
    const samples = times.map((time) => byTime.get(time)?.get(key));
    const scaled = samples.map((sample) => (sample === undefined ? null : inThousands(sample)));
    const first = scaled.find((each) => each !== null)?.value ?? 0;
    const base = key === ENERGY ? first : 0;
    const unit = scaled.find((each) => each !== null)?.unit ?? '';
    return { key, unit, values: scaled.map((each) => (each === null ? null : each.value - base)) };
  });
  return { times, series: series.sort((a, b) => rankOf(a.key) - rankOf(b.key) || (a.key < b.key ? -1 : 1)) };
}

/** Those in the address, or the usual ones, as far as the session has them. */
export function chosenSeries({ series }: SessionSeries, chosen: string | undefined): MeterSeries[] {
  const wanted = chosen === undefined ? FIRST_SERIES : chosen.split(',');
  const found = series.filter(({ key }) => wanted.includes(key));
  return found.length > 0 || chosen !== undefined ? found : series.slice(0, 1);
}

const rankOf = (key: string): number => {
  const rank = FIRST_SERIES.indexOf(key);
  return rank === -1 ? FIRST_SERIES.length : rank;
};

/** The outlet is where one measures unless something else is said. */
const keyOf = ({ measurand, phase, location }: SampledValue): string =>
  [measurand, phase, location === null || location === 'Outlet' || measurand === 'SoC' ? null : `@${location}`]
    .filter(Boolean)
    .join(' ');

function withTotals(samples: SampledValue[]): SampledValue[] {
  const totals = SUMMED.flatMap((measurand) => {
    const parts = samples.filter((sample) => sample.measurand === measurand && sample.value !== null);
    const [first] = parts;
    if (first === undefined || parts.some(({ phase }) => phase === null)) return [];
    const value = parts.reduce((sum, { value: part }) => sum + (part ?? 0), 0);
    return [{ ...first, phase: null, location: null, value }];
  });
  return [...samples, ...totals];
}

function inThousands({ value, unit }: SampledValue): { value: number; unit: string } {
  const larger = THOUSANDS[unit];
  return larger === undefined
    ? { value: value ?? 0, unit: unit === 'Percent' ? '%' : unit }
    : { value: (value ?? 0) / 1000, unit: larger };
}
