import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { isMasked, maskSecrets } from '../../message-log/mask-secrets.ts';
import { isoTime } from '../time.ts';

export function messageView(row: LogRow): Message {
  const message: Message = {
    id: String(row.id),
    thingName: row.thingName,
    connectionId: row.connectionId,
    at: isoTime(row.at),
    direction: row.direction,
    kind: row.kind,
    action: row.action,
    messageId: row.messageId,
    frame: maskSecrets(row.frame).frame,
    bytes: Buffer.byteLength(row.frame),
  };
  if (isMasked(message.frame)) message.masked = true;
  if (row.latencyMs !== null) message.latencyMs = row.latencyMs;
  if (row.errorCode !== null) message.errorCode = row.errorCode;
  if (row.violations !== null && row.violations.length > 0) message.violations = row.violations;
  return message;
}
