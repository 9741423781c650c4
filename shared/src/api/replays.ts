/** A charge point's side of a log, sent again to a sandbox. */
export interface Rerun {
  id: string;
  source: RerunSource;
  /** The sandbox. */
  target: string;
  speed: RerunSpeed;
  status: 'running' | 'done' | 'failed' | 'cancelled';
  /** Why it failed. */
  problem: string | null;
  startedAt: string;
  startedBy: string;
  endedAt: string | null;
  progress: RerunProgress;
}

export interface RerunSource {
  /** Whose frames they are. */
  thingName: string;
  /** An imported log instead of the live one. */
  importId: string | null;
  from: string;
  to: string;
}

/** How many times faster than it was; `max` does not wait at all. */
export type RerunSpeed = number | 'max';

export interface RerunProgress {
  steps: number;
  done: number;
  /** Answers that could be compared. */
  compared: number;
  differences: number;
  /** Requests without an answer in the log: nothing to compare with. */
  unanswered: number;
  commands: {
    recorded: number;
    /** Of the recorded, those that came again. */
    came: number;
    /** By action, those that the log does not have. */
    unexpected: Record<string, number>;
  };
}

/** Something that two answers do not have in common; undefined where one has nothing there. */
export interface RerunPlace {
  /** JSON pointer into the answer, `''` for all of it. */
  path: string;
  recorded?: unknown;
  today?: unknown;
}

export interface RerunDifference {
  /** Of the request in the log. */
  messageId: string;
  /** When it was sent then. */
  at: string;
  action: string;
  kind: 'answer' | 'no-answer' | 'closed';
  places: RerunPlace[];
  /** The answers in full, unless they are very long. */
  recorded: unknown;
  today: unknown;
}

/** What POST /replays takes. */
export interface NewRerun {
  source: { thingName?: string; importId?: string; from?: string; to?: string };
  target: string;
  speed?: RerunSpeed;
  /** Of the sandbox, if it has one. */
  password?: string;
}
