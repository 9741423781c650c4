/** A refused charge point that nobody wants to see for a while. */
export interface DoorDismissalRow {
  thing_name: string;
  /** Refused for another reason it shows again. */
  reason: string;
  /** Milliseconds since the epoch. */
  until: number;
}

export interface DoorTables {
  door_dismissals: DoorDismissalRow;
}
