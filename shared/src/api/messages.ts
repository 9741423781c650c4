import type { LogDirection, LogKind } from '../message-log/log-row.ts';
import type { Violation } from '../ocpp-j/frame.ts';

export interface Message {
  id: string;
  thingName: string;
  connectionId: string;
  at: string;
  direction: LogDirection;
  kind: LogKind;
  action: string | null;
  messageId: string | null;
  frame: string;
  bytes: number;
  latencyMs?: number;
  errorCode?: string;
  violations?: Violation[];
}
