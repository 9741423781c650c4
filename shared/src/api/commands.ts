export type CommandStatus =
  | 'queued'
  | 'sent'
  | 'answered'
  | 'error'
  | 'timeout'
  | 'not-connected'
  | 'expired'
  | 'cancelled';

export interface Command {
  id: string;
  thingName: string;
  action: string;
  payload: unknown;
  messageId: string | null;
  status: CommandStatus;
  response?: unknown;
  error?: { code: string; description: string; details: unknown };
  createdAt: string;
  sentAt: string | null;
  answeredAt: string | null;
  /** Until when a queued one waits for its charge point; null when it was not to be queued. */
  expiresAt: string | null;
  sentBy: string;
}

export interface NewCommand {
  action: string;
  payload: unknown;
  /** How long to wait for the answer. Default 30. */
  timeoutSeconds?: number;
  /** While the charge point is away, keep the command this long and send it after its next boot. */
  queueSeconds?: number;
}

/** One command to many charge points. */
export interface NewBulkCommand extends NewCommand {
  thingNames: string[];
}

/** Why a charge point is not sent a bulk command. */
export type LeftOutReason = 'not-registered' | 'unknown-version' | 'unknown-action' | 'invalid-payload';

export type BulkTargetState = 'waiting' | 'left-out' | 'not-sent' | CommandStatus;

export interface BulkCommand {
  id: string;
  action: string;
  payload: unknown;
  /** `interrupted`: the server was stopped before it had gone to all of them. */
  state: 'running' | 'done' | 'stopped' | 'interrupted';
  createdAt: string;
  finishedAt: string | null;
  sentBy: string;
  total: number;
  /** How many charge points came to what; `word` is the status answered, the code of the error, or why it was left out. */
  counts: { state: BulkTargetState; word: string | null; count: number }[];
}

export interface BulkResult {
  thingName: string;
  state: BulkTargetState;
  word: string | null;
  commandId: string | null;
}
