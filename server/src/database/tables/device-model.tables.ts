/** Times are milliseconds since the epoch. Flags are 0 or 1, null when not told. */
export interface DeviceVariableRow {
  thing_name: string;
  /** The parts below as one text without regard to case, unique within the thing. */
  variable_key: string;
  component: string | null;
  component_instance: string | null;
  evse_id: number | null;
  connector_id: number | null;
  variable: string;
  variable_instance: string | null;
  attribute: string;
  value: string | null;
  mutability: string | null;
  persistent: number | null;
  constant: number | null;
  /** 1: the value takes effect at the next boot. */
  reboot_required: number | null;
  /** VariableCharacteristics as JSON. */
  characteristics: string | null;
  /** The run of the report that told it last. */
  seen_in: string | null;
  updated_at: number;
}

/** One row per request id and charge point: its newest run. */
export interface VariableReportRow {
  thing_name: string;
  request_id: number;
  run: string;
  kind: string | null;
  answer: string | null;
  parts: number;
  variables: number;
  complete: number;
  intact: number;
  started_at: number;
  updated_at: number;
}

export interface DeviceModelTables {
  device_variables: DeviceVariableRow;
  variable_reports: VariableReportRow;
}
