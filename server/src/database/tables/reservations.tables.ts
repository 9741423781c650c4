/** Times are milliseconds since the epoch. */
export interface ReservationRow {
  /** That of the command that asked for it. */
  id: string;
  thing_name: string;
  /** The one on the wire. */
  reservation_id: number;
  evse_id: number | null;
  connector_id: number | null;
  connector_type: string | null;
  id_token: string;
  group_id_token: string | null;
  expires_at: number;
  state: string;
  /** The charge point's last word about it. */
  answer: string | null;
  transaction_id: string | null;
  requested_at: number;
  requested_by: string;
  ended_at: number | null;
}

export interface ReservationsTables {
  reservations: ReservationRow;
}
