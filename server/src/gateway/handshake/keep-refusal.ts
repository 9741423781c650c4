import type { RefusalReason } from '@cpo-console/shared/message-log/log-row.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import { offeredProtocols } from './negotiate-version.ts';

export interface Refusal {
  reason: RefusalReason;
  remoteAddress: string;
  /** Its Sec-WebSocket-Protocol header. */
  offered: string | undefined;
}

/** Writes down who was sent away, and why: the log has it, and people see it at the door. */
export type KeepRefusal = (name: string, refusal: Refusal) => void;

export const createKeepRefusal =
  ({ log, now }: { log: Pick<MessageLog, 'append'>; now: () => number }): KeepRefusal =>
  (name, { offered, ...why }) => {
    const details = { ...why, offeredProtocols: offeredProtocols(offered).slice(0, 10) };
    log.append(
      {
        // A stranger's text: cut, so that a log full of refusals stays small.
        thingName: name.slice(0, 128),
        connectionId: '',
        at: now(),
        direction: 'in',
        kind: 'event',
        action: 'refused',
        messageId: null,
        frame: JSON.stringify(details),
        latencyMs: null,
        errorCode: null,
        violations: null,
      },
      null,
    );
  };
