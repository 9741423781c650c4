import type { Command, NewCommand, Page } from '@cpo-console/shared/api/contracts.ts';
import type { Violation } from '@cpo-console/shared/ocpp-j/frame.ts';

export type SendOutcome =
  | { kind: 'done'; command: Command }
  /** The action does not exist in the charge point's OCPP version, or is not one that a CSMS sends. */
  | { kind: 'unknown-action'; known: string[] }
  | { kind: 'invalid'; violations: readonly Violation[] }
  /** It has never connected, so nobody knows its OCPP version. */
  | { kind: 'unknown-version' };

/** CALLs to charge points: stored with who sent them, then published, then waited for. */
export interface CommandService {
  send(request: NewCommand & { thingName: string; sentBy: string }): Promise<SendOutcome>;
  get(id: string): Promise<Command | null>;
  /** Newest first. */
  list(query: { thingName?: string; limit: number; cursor?: string }): Promise<Page<Command>>;
  onChange(listener: (command: Command) => void): () => void;
}
