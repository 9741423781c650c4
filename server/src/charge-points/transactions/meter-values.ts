import type { MeterValue, SampledValue } from '@cpo-console/shared/api/contracts.ts';
import {
  decimalOf,
  integerOf,
  listOf,
  membersOf,
  textOf,
  timeOf,
} from '@cpo-console/shared/projection/read-payload.ts';

/** The `meterValue` array of any version, for people and scripts. `receivedAt` stands in for times that can't be read. */
export function readMeterValues(meterValue: unknown, receivedAt: number): MeterValue[] {
  return listOf(meterValue).map((entry) => {
    const { timestamp, sampledValue } = membersOf(entry);
    return { at: new Date(timeOf(timestamp, receivedAt)).toISOString(), samples: listOf(sampledValue).map(readSample) };
  });
}

/** Without a measurand it is the energy register, and without a unit Wh. @see OCPP 1.6 §7.43, OCPP 2.0.1 part 2 §2.48 */
function readSample(sample: unknown): SampledValue {
  const { value, measurand, unit, unitOfMeasure, phase, context, location } = membersOf(sample);
  const { unit: unitName, multiplier } = membersOf(unitOfMeasure);
  const number = decimalOf(value);
  const exponent = Math.max(-12, Math.min(12, integerOf(multiplier) ?? 0));
  // Dividing keeps 1234 × 10⁻¹ at 123.4, where multiplying by 0.1 gives 123.40000000000001.
  const scaled = number === null ? null : exponent < 0 ? number / 10 ** -exponent : number * 10 ** exponent;
  return {
    value: scaled,
    raw: typeof value === 'string' ? value : String(value ?? ''),
    measurand: textOf(measurand) ?? 'Energy.Active.Import.Register',
    unit: textOf(unit) ?? textOf(unitName) ?? 'Wh',
    phase: textOf(phase),
    context: textOf(context),
    location: textOf(location),
  };
}
