/** An answer as the log has it. */
export type Answer =
  | { kind: 'result'; payload: unknown }
  | { kind: 'error'; code: string; description: string; details: unknown };

interface At {
  /** When it was, in milliseconds since the epoch. */
  at: number;
  /** The row of the log that it was read from. */
  rowId: number;
}

/** What the charge point did, and what it answered when it was asked. null: there is no answer in the log. */
export type Step = At &
  (
    | { kind: 'connect' }
    | { kind: 'disconnect' }
    | { kind: 'call'; action: string; payload: unknown; answer: Answer | null }
    /** OCPP 2.1: never answered. */
    | { kind: 'send'; action: string; payload: unknown }
    /** What no frame could be read of goes out as it came. */
    | { kind: 'text'; text: string }
    /** From the CSMS: its answer is given when the like comes again. */
    | Command
  );

export interface Command extends At {
  kind: 'command';
  action: string;
  payload: unknown;
  answer: Answer | null;
}
