import type { MessageExchange } from '@cpo-console/shared/api/messages.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { wireSessionOf } from '@cpo-console/shared/message-log/session-of.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import type { ApiDeps } from '../api-deps.ts';
import { relatedMessages } from './related-messages.ts';

interface ExchangeOptions extends Pick<ApiDeps, 'transactions' | 'commands'> {
  log: MessageLog;
  /** Of a log that was taken elsewhere: our sessions and commands are none of its. */
  isImported: boolean;
}

/** A message with its other half, and what both belong to. */
export async function exchangeOf(row: LogRow, options: ExchangeOptions): Promise<MessageExchange> {
  const { log, transactions, commands, isImported } = options;
  const { partners } = await log.relations([row]);
  const rows = [...partners, row].sort((a, b) => b.id - a.id);
  const { items } = await relatedMessages(log, rows);
  const protocol = await protocolOf(row, log);
  if (isImported) return { items, protocol, sessionId: null, commandId: null };
  const wireId = rows.map(({ frame }) => wireSessionOf(frame)).find((id) => id !== null);
  const session = wireId === undefined ? undefined : await transactions.find(row.thingName, wireId);
  const call = rows.find(({ kind, direction }) => kind === 'call' && direction === 'out');
  const sent =
    call === undefined || call.messageId === null
      ? undefined
      : (await commands.list({ thingName: row.thingName, messageId: call.messageId, limit: 1 })).items[0];
  return { items, protocol, sessionId: session?.id ?? null, commandId: sent?.id ?? null };
}

/** What the connection agreed on when it began, if the log reaches back that far. */
async function protocolOf({ id, thingName, connectionId }: LogRow, log: MessageLog): Promise<OcppVersion | null> {
  const beginning = { thingName, kind: 'event', action: 'connected', order: 'desc', limit: 1 } as const;
  const [connected] = await log.query({ ...beginning, afterId: id + 1 });
  if (connected === undefined || connected.connectionId !== connectionId) return null;
  return OCPP_VERSIONS.find((version) => connected.frame.includes(`"protocol":"${version}"`)) ?? null;
}
