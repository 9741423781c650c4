import type { TransactionState } from './charge-point-state.ts';
import { decimalOf, integerOf, listOf, type Members, membersOf, timeOf } from './read-payload.ts';

/** One total over the phases: a value without a phase, else the sum of the phases' values. */
interface Sum {
  total: number | null;
  phases: number | null;
}

const FACTORS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ['Wh', 1],
  ['kWh', 1_000],
  ['W', 1],
  ['kW', 1_000],
]);
const PHASES: ReadonlySet<unknown> = new Set(['L1', 'L2', 'L3', 'L1-N', 'L2-N', 'L3-N']);
const ENERGY = 'Energy.Active.Import.Register';

/** The transaction after what `meterValue` of MeterValues, TransactionEvent and transactionData says. */
export function withReadings(transaction: TransactionState, meterValue: unknown, at: number): TransactionState {
  let next = transaction;
  for (const entry of listOf(meterValue)) {
    const { timestamp, sampledValue } = membersOf(entry);
    const readAt = timeOf(timestamp, at);
    if (next.lastMeterAt === null || readAt >= next.lastMeterAt) next = withSamples(next, listOf(sampledValue), readAt);
  }
  return next;
}

/** The energy register in Wh at the end of these readings, null when they don't tell. */
export function registerOf(transaction: TransactionState, meterValue: unknown, at: number): number | null {
  return withReadings({ ...transaction, meterStartWh: 0, energyWh: null, lastMeterAt: null }, meterValue, at).energyWh;
}

function withSamples(transaction: TransactionState, samples: readonly unknown[], readAt: number): TransactionState {
  const energy: Sum = { total: null, phases: null };
  const power: Sum = { total: null, phases: null };
  let soc = transaction.soc;
  let isBegin = false;
  for (const sample of samples) {
    const members = membersOf(sample);
    // A signature may look like a number. @see OCPP 1.6 §7.43
    const value = members.format === 'SignedData' ? null : decimalOf(members.value);
    if (value === null) continue;
    const measurand = members.measurand ?? ENERGY;
    if (measurand === 'SoC') soc = value;
    if (members.location !== undefined && members.location !== 'Outlet') continue;
    if (measurand === ENERGY) {
      add(energy, members, value);
      isBegin ||= members.context === 'Transaction.Begin';
    } else if (measurand === 'Power.Active.Import') add(power, members, value);
  }
  const registerWh = energy.total ?? energy.phases;
  const isStart = registerWh !== null && transaction.meterStartWh === null && (isBegin || transaction.startSeen);
  const meterStartWh = isStart ? registerWh : transaction.meterStartWh;
  return {
    ...transaction,
    meterStartWh,
    energyWh: registerWh === null || meterStartWh === null ? transaction.energyWh : registerWh - meterStartWh,
    powerW: power.total ?? power.phases ?? transaction.powerW,
    soc,
    lastMeterAt: readAt,
  };
}

function add(sum: Sum, sample: Members, value: number): void {
  const inBaseUnit = value * factorOf(sample);
  if (!Number.isFinite(inBaseUnit)) return;
  if (sample.phase === undefined || sample.phase === null) sum.total = inBaseUnit;
  else if (PHASES.has(sample.phase)) sum.phases = (sum.phases ?? 0) + inBaseUnit;
}

/** 1.6 has `unit`; 2.x has `unitOfMeasure` with a power of ten. Without either it is Wh or W. */
export function factorOf(sample: Members): number {
  const { unit, multiplier } = membersOf(sample.unitOfMeasure);
  const exponent = integerOf(multiplier) ?? 0;
  return (FACTORS.get(sample.unit ?? unit) ?? 1) * 10 ** Math.max(-12, Math.min(12, exponent));
}
