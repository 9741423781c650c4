/** Times are milliseconds since the epoch. */
export interface ChargingProfileRow {
  thing_name: string;
  profile_id: number;
  protocol: string;
  /** The EVSE, in OCPP 1.6 the connector; null: wherever the session begins that it waits for. */
  place: number | null;
  purpose: string;
  kind: string;
  stack_level: number;
  transaction_id: string | null;
  /** What the session says by which it is known that the profile is for it. */
  awaits: string | null;
  source: string;
  /** OCPP 2.x, as reported: who set it. */
  limit_source: string | null;
  /** The profile as JSON, as it was on the wire. */
  profile: string;
  installed_at: number;
  installed_by: string | null;
  reported_at: number | null;
}

/** The last thing of its kind that a charge point told about how it charges. `content` is JSON. */
export interface ChargingReportRow {
  thing_name: string;
  kind: string;
  place: number;
  source: string;
  content: string;
  at: number;
}

export interface ProfileTemplateRow {
  id: string;
  name: string;
  content: string;
  created_at: number;
  updated_at: number;
  updated_by: string;
}

export interface SmartChargingTables {
  charging_profiles: ChargingProfileRow;
  charging_reports: ChargingReportRow;
  profile_templates: ProfileTemplateRow;
}
