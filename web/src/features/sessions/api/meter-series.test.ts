import type { SampledValue } from '@cpo-console/shared/api/transactions.ts';
import { expect, test } from 'vitest';
import { chosenSeries, sessionSeries } from './meter-series.ts';

const sample = (measurand: string, value: number | null, facts: Partial<SampledValue> = {}): SampledValue => ({
  value,
  raw: String(value),
  measurand,
  unit: 'Wh',
  phase: null,
  context: null,
  location: null,
  multiplier: 0,
  signed: null,
  ...facts,
});
const ENERGY = 'Energy.Active.Import.Register';
const POWER = 'Power.Active.Import';

test('energy counts from the first reading, in thousands; power is the sum of its phases where there is no total', () => {
  const at = (minute: number) => `2026-05-04T10:0${minute}:00.000Z`;
  const power = (value: number) =>
    ['L1', 'L2'].map((phase) => sample(POWER, value, { phase, unit: 'W', location: 'Outlet' }));
  const result = sessionSeries([
    { at: at(1), samples: [sample(ENERGY, 3500), ...power(4000)] },
    { at: at(0), samples: [sample(ENERGY, 3, { unit: 'kWh' }), sample(ENERGY, null)] },
    { at: at(0), samples: [sample('SoC', 40, { unit: 'Percent', location: 'EV' })] },
  ]);
  expect(result.times).toEqual([at(0), at(1)].map((time) => Date.parse(time) / 1000));
  expect(result.series).toEqual([
    { key: POWER, unit: 'kW', values: [null, 8] },
    { key: ENERGY, unit: 'kWh', values: [0, 0.5] },
    { key: 'SoC', unit: '%', values: [40, null] },
    { key: `${POWER} L1`, unit: 'kW', values: [null, 4] },
    { key: `${POWER} L2`, unit: 'kW', values: [null, 4] },
  ]);
  expect(chosenSeries(result, undefined).map(({ key }) => key)).toEqual([POWER, ENERGY, 'SoC']);
  expect(chosenSeries(result, `${POWER} L2,gone`).map(({ key }) => key)).toEqual([`${POWER} L2`]);
});
