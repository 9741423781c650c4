import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import { messageView } from './message-view.ts';

interface RelatedMessages {
  items: Message[];
  /** The other halves of their exchanges that are not among them. */
  partners: Message[];
}

/** Messages that say which one they answer or are answered by, wherever that one is. */
export async function relatedMessages(log: MessageLog, rows: readonly LogRow[]): Promise<RelatedMessages> {
  const { relations, partners } = await log.relations(rows);
  const known = new Map(relations.map((relation) => [relation.id, relation]));
  const related = (row: LogRow): Message => {
    const { partnerId = null, repeatsId = false } = known.get(row.id) ?? {};
    const message = messageView(row);
    message.partnerId = partnerId === null ? null : String(partnerId);
    if (repeatsId) message.repeatsId = true;
    return message;
  };
  return { items: rows.map(related), partners: partners.map(related) };
}
