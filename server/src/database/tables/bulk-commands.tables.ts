/** Times are milliseconds since the epoch. `payload` is JSON with secrets masked. */
export interface BulkCommandRow {
  id: string;
  action: string;
  payload: string;
  state: string;
  total: number;
  created_at: number;
  finished_at: number | null;
  sent_by: string;
  /** The process that goes through it. */
  instance: string | null;
}

export interface BulkTargetRow {
  bulk_id: string;
  thing_name: string;
  state: string;
  /** The status answered, the code of the error, or why it was left out. */
  word: string | null;
  command_id: string | null;
}

export interface BulkCommandsTables {
  bulk_commands: BulkCommandRow;
  bulk_targets: BulkTargetRow;
}
