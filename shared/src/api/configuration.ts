/** The JSON shapes of what a charge point is configured to. Times are RFC 3339 UTC with milliseconds. */

/** Where a variable of the device model (2.x) stands; a configuration key of 1.6 has no component. */
export interface VariablePlace {
  component: { name: string; instance: string | null; evseId: number | null; connectorId: number | null } | null;
  variable: { name: string; instance: string | null };
  /** `Actual`, `Target`, `MinSet`, `MaxSet`; always `Actual` in 1.6. */
  attribute: string;
}

/** What a charge point says about a variable beside its values. */
export interface VariableCharacteristics {
  dataType: string | null;
  unit: string | null;
  minLimit: number | null;
  maxLimit: number | null;
  /** OCPP 2.1: the longest list. */
  maxElements: number | null;
  /** Comma-separated: what it may be set to, or what a list may hold. */
  valuesList: string | null;
  supportsMonitoring: boolean | null;
}

/** A variable as last reported, set or told in an event. */
export interface ReportedVariable extends VariablePlace {
  /** null when not known; `•••` for a secret. */
  value: string | null;
  secret: boolean;
  /** `ReadOnly`, `WriteOnly`, `ReadWrite`; null when not told. */
  mutability: string | null;
  persistent: boolean | null;
  constant: boolean | null;
  /** The value was accepted and takes effect at the next boot. */
  rebootRequired: boolean;
  characteristics: VariableCharacteristics | null;
  updatedAt: string;
}

/** A report that was asked for, or that came by itself. OCPP 2.x. */
export interface VariableReport {
  requestId: number;
  /** `FullInventory`, `ConfigurationInventory`, `SummaryInventory`, `Custom`; null when nobody here asked for it. */
  kind: string | null;
  /** What the charge point answered to the request; null before that. */
  answer: string | null;
  /** How many parts have come, and variables in them. */
  parts: number;
  variables: number;
  /** The last part has come. */
  complete: boolean;
  /** No part is missing so far. */
  intact: boolean;
  startedAt: string;
  updatedAt: string;
}

export type BootDecision = 'Accepted' | 'Pending' | 'Rejected';

/** What a charge point is told when it boots. */
export interface BootPolicy {
  decision: BootDecision;
  /** Until its next try, when it is not accepted. */
  retryIntervalSeconds: number;
}

export interface ThingBootPolicy extends BootPolicy {
  /** false: it has none of its own, the fleet's holds. */
  own: boolean;
  /** What it was told at its last boot, unless that was Accepted. */
  heldBack: Exclude<BootDecision, 'Accepted'> | null;
}

/** What a variable is to become. Left out, the attribute is Actual. */
export interface VariableChange {
  component?: { name: string; instance?: string | null; evseId?: number | null; connectorId?: number | null } | null;
  variable: { name: string; instance?: string | null };
  attribute?: string;
  value: string;
}

/** What became of one change. */
export interface ChangeResult extends VariablePlace {
  /**
   * In the charge point's own word where it answered: `Accepted`, `Rejected`, `RebootRequired`, `NotSupported`, …; else how
   * the command ended, or `not-sent`.
   */
  status: string;
  outcome: 'accepted' | 'reboot-required' | 'refused' | 'failed';
  /** Its reason, if it gave one. */
  detail: string | null;
  /** The command that asked for it; null when none was sent. */
  commandId: string | null;
}

export type DesiredScope = 'fleet' | 'tag' | 'thing';

/** What a variable or key is to be: for all charge points, those with a tag, or one of them. The most specific holds. */
export interface DesiredRule extends VariablePlace {
  id: string;
  scope: DesiredScope;
  /** The tag or the thing name; null for the fleet. */
  target: string | null;
  value: string;
  /** Sent by itself after a boot. Otherwise only when somebody applies it. */
  applyOnBoot: boolean;
  updatedAt: string;
  updatedBy: string;
}

/** `read-only`: it differs, and can't be set. `unknown`: the charge point has not told it. */
export type DriftState = 'in-step' | 'differs' | 'read-only' | 'unknown';

/** A variable that something is wanted of, beside what it is. */
export interface Drift extends VariablePlace {
  desired: string;
  reported: string | null;
  state: DriftState;
  rule: Pick<DesiredRule, 'id' | 'scope' | 'target' | 'applyOnBoot'>;
}

/** A charge point that is not as it should be. */
export interface ThingDrift {
  thingName: string;
  /** How many variables something is wanted of. */
  wanted: number;
  differs: number;
  readOnly: number;
  unknown: number;
}
