import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

export type Kind = 'payload' | 'text' | 'answer' | 'send' | 'burst' | 'bytes';

/** What must not have happened, and what was said before it. */
export interface Finding {
  what: string;
  thingName: string;
  version: OcppVersion;
  /** How many frames the charge point had sent before. */
  frame: number;
  kind: Kind;
  said: string;
}

export interface Tally {
  readonly sent: number;
  readonly findings: readonly Finding[];
  /** How often something was sent and led to something, by both. */
  readonly outcomes: ReadonlyMap<string, number>;
  count(turn: { kind: Kind; version: OcppVersion; outcome: string; frames: number }): void;
  find(finding: Finding): void;
  /** Enough was found: the rest would be more of the same. */
  isOver(): boolean;
}

const ENOUGH = 10;

/** Whoever waits for long hears of it meanwhile. */
export interface TallyListeners {
  onProgress?: ((sent: number) => void) | undefined;
  onFinding?: ((finding: Finding) => void) | undefined;
}

export function createTally({ onProgress, onFinding }: TallyListeners): Tally {
  const findings: Finding[] = [];
  const outcomes = new Map<string, number>();
  let sent = 0;
  return {
    get sent() {
      return sent;
    },
    findings,
    outcomes,
    count({ kind, version, outcome, frames }) {
      const key = `${kind} ${version} ${outcome}`;
      outcomes.set(key, (outcomes.get(key) ?? 0) + frames);
      sent += frames;
      onProgress?.(sent);
    },
    find(finding) {
      findings.push(finding);
      onFinding?.(finding);
    },
    isOver: () => findings.length >= ENOUGH,
  };
}
