import type { MeterValue, SampledValue } from '@cpo-console/shared/api/contracts.ts';

export interface MeterSeries {
  /** Seconds since the epoch. */
  times: number[];
  powerKw: (number | null)[];
  energyKwh: (number | null)[];
}

const scale = (unit: string): number => (unit.startsWith('k') ? 1 : 0.001);

function find(samples: SampledValue[], measurand: string): number | null {
  const of = samples.filter((sample) => sample.measurand === measurand && sample.value !== null);
  const total = of.find((sample) => sample.phase === null);
  if (total) return (total.value ?? 0) * scale(total.unit);
  // Without a total, the phases add up.
  return of.length === 0 ? null : of.reduce((sum, sample) => sum + (sample.value ?? 0) * scale(sample.unit), 0);
}

/** Power, and the energy since the first reading, over time. */
export function meterSeries(values: MeterValue[]): MeterSeries {
  const sorted = values.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const register = sorted.map(({ samples }) => find(samples, 'Energy.Active.Import.Register'));
  const first = register.find((value) => value !== null) ?? 0;
  return {
    times: sorted.map(({ at }) => Date.parse(at) / 1000),
    powerKw: sorted.map(({ samples }) => find(samples, 'Power.Active.Import')),
    energyKwh: register.map((value) => (value === null ? null : value - first)),
  };
}
