import type { Message } from '../api/messages.ts';
import type { LogRow } from './log-row.ts';

/** The row that a message is a view of, as far as it shows. */
export const rowOfMessage = (message: Message): LogRow => ({
  id: Number(message.id),
  thingName: message.thingName,
  connectionId: message.connectionId,
  at: Date.parse(message.at),
  direction: message.direction,
  kind: message.kind,
  action: message.action,
  messageId: message.messageId,
  frame: message.frame,
  latencyMs: message.latencyMs ?? null,
  errorCode: message.errorCode ?? null,
  violations: message.violations ?? null,
});
