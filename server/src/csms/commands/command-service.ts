import type { Command, NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { OcppVersion, Violation } from '@cpo-console/shared/ocpp-j/frame.ts';

export type SendOutcome =
  | { kind: 'done'; command: Command }
  /** The action does not exist in the charge point's OCPP version, or is not one that a CSMS sends. */
  | { kind: 'unknown-action'; known: string[] }
  | { kind: 'invalid'; violations: readonly Violation[] }
  /** It has never connected, so nobody knows its OCPP version. */
  | { kind: 'unknown-version' };

export type Refusal = Exclude<SendOutcome, { kind: 'done' }>;
/** `id` is the command's, where the caller has to know it before it is sent. */
export type SendRequest = NewCommand & { thingName: string; sentBy: string; id?: string };

export interface CommandQuery {
  thingName?: string;
  messageId?: string;
  limit: number;
  cursor?: string;
}

/** CALLs to charge points: stored with who sent them, then published, then waited for. */
export interface CommandService {
  send(request: SendRequest): Promise<SendOutcome>;
  /** What `send` would refuse, without sending; null when it would not. */
  refusalOf(request: Pick<SendRequest, 'thingName' | 'action' | 'payload'>): Refusal | null;
  /** Takes a queued one back. `too-late`: it is not queued, or not any more; null: there is no such command. */
  cancel(id: string): Promise<Command | 'too-late' | null>;
  /** The OCPP version that a command would be sent in; null for a charge point that has never connected. */
  versionOf(thingName: string): OcppVersion | null;
  get(id: string): Promise<Command | null>;
  /** Newest first. */
  list(query: CommandQuery): Promise<Page<Command>>;
  onChange(listener: (command: Command) => void): () => void;
}
