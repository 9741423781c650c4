/** A charging profile in the words of 2.x, whatever the version. Times are RFC 3339, durations seconds. */
export const PURPOSES = [
  'ChargingStationExternalConstraints',
  'ChargingStationMaxProfile',
  'TxDefaultProfile',
  'TxProfile',
  'PriorityCharging',
  'LocalGeneration',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const KINDS = ['Absolute', 'Recurring', 'Relative', 'Dynamic'] as const;
export type Kind = (typeof KINDS)[number];

export const RECURRENCIES = ['Daily', 'Weekly'] as const;
export type Recurrency = (typeof RECURRENCIES)[number];

export type RateUnit = 'A' | 'W';

export interface SchedulePeriod {
  /** Seconds after the schedule's start. */
  start: number;
  /** `Infinity` of a period that sets none, as in OCPP 2.1 those with a setpoint may: nothing to draw up, but to reckon with. */
  limit: number;
  numberPhases?: number;
}

/** What an operator draws up: everything but its id and whom it is for. */
export interface ProfileDraft {
  purpose: Purpose;
  kind: Kind;
  recurrency?: Recurrency;
  stackLevel: number;
  validFrom?: string;
  validTo?: string;
  startSchedule?: string;
  /** Seconds. Without it, the last period goes on. */
  duration?: number;
  unit: RateUnit;
  minChargingRate?: number;
  /** In order, the first at 0. */
  periods: SchedulePeriod[];
}
