/** What a fault came to. */
export interface Outcome {
  /** Each a line. */
  figures: string[];
  /** What was lost or did not go as promised; empty is good. */
  problems: string[];
}

export interface FaultOptions {
  rounds: number;
  /** To be acknowledged altogether, where there are rounds. */
  frames: number;
  chargePoints: number;
  /** How long what is away stays away. */
  awaySeconds: number;
  say(line: string): void;
}

export interface Fault {
  name: string;
  /** Why it can't be had on this machine, with how to get it; null when it can. */
  missing(): string | null;
  run(options: FaultOptions): Promise<Outcome>;
}
