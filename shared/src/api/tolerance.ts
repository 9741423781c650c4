/** `strict`: a frame that breaks its schema is refused. `lenient`: it is accepted and marked where we can still do our work. */
export type Tolerance = 'strict' | 'lenient';

export type ToleranceSource = 'charge-point' | 'model' | 'fleet';

/** The nearest one counts: the charge point's own, else its model's, else the fleet's. */
export interface ToleranceSettings {
  fleet: Tolerance;
  models: { vendorName: string; model: string; mode: Tolerance }[];
  chargePoints: { thingName: string; mode: Tolerance }[];
}

/** null takes a setting back. */
export interface ToleranceChanges {
  fleet?: Tolerance;
  models?: { vendorName: string; model: string; mode: Tolerance | null }[];
  chargePoints?: { thingName: string; mode: Tolerance | null }[];
}

/** Who breaks which rules of OCPP, the worst first. */
export interface ViolationRanking {
  items: RankedViolations[];
  /** false: there were more frames than are counted at once, and only those since `from` were. */
  complete: boolean;
  from: string;
  to: string;
}

export interface RankedViolations {
  vendorName: string | null;
  model: string | null;
  /** null when a model is ranked. */
  thingName: string | null;
  /** How many charge points broke a rule. */
  chargePoints: number;
  /** Frames with a violation. */
  frames: number;
  tolerance: { mode: Tolerance; from: ToleranceSource };
  /** The most frequent first. */
  rules: BrokenRule[];
}

export interface BrokenRule {
  action: string | null;
  /** JSON pointer into the payload; `*` for any place of a list. */
  path: string;
  rule: string;
  message: string;
  frames: number;
  /** The last frame that broke it. */
  lastMessageId: string;
  lastThingName: string;
}
