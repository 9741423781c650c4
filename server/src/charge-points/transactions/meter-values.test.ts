import { describe, expect, it } from 'vitest';
import { readMeterValues } from './meter-values.ts';

const unitsOf = (samples: object[]): string[] =>
  readMeterValues([{ timestamp: '2026-05-04T10:00:00Z', sampledValue: samples }], 0).flatMap((entry) =>
    entry.samples.map(({ unit }) => unit),
  );

describe('a sample without a unit', () => {
  it('is energy in Wh, whether or not it says that it is energy', () => {
    expect(unitsOf([{ value: 1 }, { value: 1, measurand: 'Energy.Active.Export.Interval' }])).toEqual(['Wh', 'Wh']);
  });

  it('has the unit of its kind when it is no energy', () => {
    const measurands = ['Power.Active.Import', 'Power.Reactive.Import', 'Power.Factor', 'Current.Import', 'SoC'];
    expect(unitsOf(measurands.map((measurand) => ({ value: 1, measurand })))).toEqual(['W', 'var', '', 'A', 'Percent']);
    expect(
      unitsOf([
        { value: '1', measurand: 'Voltage', unit: 'kV' },
        { value: '1', measurand: 'X.Own' },
      ]),
    ).toEqual(['kV', '']);
  });
});
