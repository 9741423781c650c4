import type { MeterValue, SampledValue, SignedValue } from '@cpo-console/shared/api/transactions.ts';
import {
  decimalOf,
  integerOf,
  listOf,
  type Members,
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

/** Without a measurand it is the energy register. @see OCPP 1.6 §7.43, OCPP 2.0.1 part 2, SampledValueType */
function readSample(sample: unknown): SampledValue {
  const members = membersOf(sample);
  const { value, measurand, unit, unitOfMeasure, phase, context, location } = members;
  const { unit: unitName, multiplier } = membersOf(unitOfMeasure);
  const kind = textOf(measurand) ?? 'Energy.Active.Import.Register';
  const signed = signedOf(members);
  const number = isSignedText(members) ? null : decimalOf(value);
  const exponent = Math.max(-12, Math.min(12, integerOf(multiplier) ?? 0));
  // Dividing keeps 1234 × 10⁻¹ at 123.4, where multiplying by 0.1 gives 123.40000000000001.
  const scaled = number === null ? null : exponent < 0 ? number / 10 ** -exponent : number * 10 ** exponent;
  return {
    value: scaled,
    raw: typeof value === 'string' ? value : String(value ?? ''),
    measurand: kind,
    unit: textOf(unit) ?? textOf(unitName) ?? unsaidUnit(kind),
    phase: textOf(phase),
    context: textOf(context),
    location: textOf(location),
    multiplier: exponent,
    signed,
  };
}

const UNSAID_UNITS: readonly (readonly [string, string])[] = [
  ['Energy.Reactive', 'varh'],
  ['Energy', 'Wh'],
  ['Power.Reactive', 'var'],
  ['Power.Factor', ''],
  ['Power', 'W'],
  ['Current', 'A'],
  ['Voltage', 'V'],
  ['Temperature', 'Celsius'],
  ['SoC', 'Percent'],
  ['Frequency', 'Hz'],
];

/** Only energy has a default unit, Wh; what else is said without one is taken in the unit of its kind. */
const unsaidUnit = (measurand: string): string =>
  UNSAID_UNITS.find(([beginning]) => measurand.startsWith(beginning))?.[1] ?? '';

/** In OCPP 1.6 a signed value stands in place of the value. @see OCPP 1.6 §7.43 */
const isSignedText = ({ format }: Members): boolean => format === 'SignedData';

/** @see OCPP 2.0.1 part 2, SignedMeterValueType */
function signedOf(sample: Members): SignedValue | null {
  if (isSignedText(sample)) {
    return { data: String(sample.value ?? ''), method: null, encoding: null, publicKey: null };
  }
  const { signedMeterData, signingMethod, encodingMethod, publicKey } = membersOf(sample.signedMeterValue);
  if (typeof signedMeterData !== 'string') return null;
  return {
    data: signedMeterData,
    method: textOf(signingMethod),
    encoding: textOf(encodingMethod),
    publicKey: textOf(publicKey, MAX_KEY),
  };
}

const MAX_KEY = 2_500;
