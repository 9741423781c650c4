/** `apply_on_boot` is 0 or 1. */
export interface DesiredRuleRow {
  id: string;
  scope: string;
  /** The tag or thing name; empty for the fleet. */
  target: string;
  variable_key: string;
  component: string | null;
  component_instance: string | null;
  evse_id: number | null;
  connector_id: number | null;
  variable: string;
  variable_instance: string | null;
  attribute: string;
  value: string;
  apply_on_boot: number;
  updated_at: number;
  updated_by: string;
}

export interface DesiredConfigurationTables {
  desired_configuration: DesiredRuleRow;
}
