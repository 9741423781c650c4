/** What the meter of a connector shows. */
export interface Reading {
  energyWh: number;
  powerW: number;
  /** Per phase. */
  currentA: number;
  voltageV: number;
  socPercent: number;
}

export const FULL_POWER_W = 11_040;
export const VOLTAGE_V = 230;
const BATTERY_WH = 58_000;
const SOC_AT_START = 42;

/** A car that takes 16 A on three phases, a little less with every minute, and never more than it is given. */
export function powerAfter(seconds: number, limitW: number): number {
  if (seconds <= 0) return 0;
  const ripple = 1 - 0.02 * Math.abs(Math.sin(seconds / 7));
  return Math.round(Math.min(FULL_POWER_W * ripple * Math.exp(-seconds / 14_400), limitW));
}

export function readingOf({
  powerW,
  meterStartWh,
  chargedWh,
}: Record<'powerW' | 'meterStartWh' | 'chargedWh', number>) {
  return {
    energyWh: Math.round(meterStartWh + chargedWh),
    powerW,
    currentA: Math.round((powerW / (3 * VOLTAGE_V)) * 10) / 10,
    voltageV: VOLTAGE_V,
    socPercent: Math.min(100, Math.round((SOC_AT_START + (chargedWh / BATTERY_WH) * 100) * 10) / 10),
  } satisfies Reading;
}

/** Of a connector without a session. */
export const idleReading = (meterWh: number): Reading => readingOf({ powerW: 0, meterStartWh: meterWh, chargedWh: 0 });
