import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { messageView } from '../api/messages/message-view.ts';

const texts = new WeakMap<LogRow, string>();

/** The message as its event carries it, made once for all the tabs that watch it. */
export function messageJson(row: LogRow): string {
  let text = texts.get(row);
  if (text === undefined) {
    text = JSON.stringify(messageView(row));
    texts.set(row, text);
  }
  return text;
}
