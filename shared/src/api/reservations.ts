/** `requested` until the charge point answered; `unanswered` when it never did. */
export type ReservationState =
  | 'requested'
  | 'unanswered'
  | 'refused'
  | 'accepted'
  | 'used'
  | 'cancelled'
  | 'expired'
  | 'removed'
  | 'replaced';

export interface Reservation {
  id: string;
  thingName: string;
  /** The one on the wire. */
  reservationId: number;
  /** OCPP 2.x; null: any EVSE. */
  evseId: number | null;
  /** OCPP 1.6; 0: any connector. */
  connectorId: number | null;
  connectorType: string | null;
  idToken: string;
  groupIdToken: string | null;
  expiresAt: string;
  state: ReservationState;
  /** The charge point's last word about it, such as `Occupied`. */
  answer: string | null;
  /** Of the session that used it, as on the wire. */
  transactionId: string | null;
  requestedAt: string;
  requestedBy: string;
  endedAt: string | null;
}
