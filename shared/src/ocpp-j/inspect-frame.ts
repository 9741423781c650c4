import type { LogDirection } from '../message-log/log-row.ts';
import type { Validator } from '../ocpp/validate.ts';
import { decodeFrame } from './decode-frame.ts';
import type { DecodedFrame, OcppVersion, Violation } from './frame.ts';

export interface InspectedFrame {
  decoded: DecodedFrame;
  /** Broken rules of the payload's schema; empty when there is no schema to hold it against. */
  violations: readonly Violation[];
}

export interface InspectContext {
  version: OcppVersion;
  validator: Validator;
  /** The action of the CALL that an answer belongs to. */
  actionOf: (messageId: string) => string | undefined;
  direction: LogDirection;
}

const NO_VIOLATIONS: readonly Violation[] = Object.freeze([]);

/** Decodes a text from the wire and checks its payload. Whether a violation is tolerated is for the caller to say. */
export function inspectFrame(text: string, context: InspectContext): InspectedFrame {
  const { version, validator, actionOf, direction } = context;
  const decoded = decodeFrame(text, version);
  if (!decoded.ok) return { decoded, violations: NO_VIOLATIONS };
  const { frame } = decoded;
  switch (frame.kind) {
    case 'call':
    case 'send':
      return { decoded, violations: validator.validate(version, frame.action, 'request', frame.payload, direction) };
    case 'result': {
      const action = actionOf(frame.messageId);
      if (action === undefined) return { decoded, violations: NO_VIOLATIONS };
      return { decoded, violations: validator.validate(version, action, 'response', frame.payload, direction) };
    }
    case 'error':
    case 'result-error':
      return { decoded, violations: NO_VIOLATIONS };
  }
}
