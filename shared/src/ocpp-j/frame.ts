/** The subprotocols we speak, worst to best. The negotiated one decides how a connection's frames are read. */
export const OCPP_VERSIONS = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;
export type OcppVersion = (typeof OCPP_VERSIONS)[number];

/** An OCPP-J message after decoding. `payload` is whatever JSON the peer sent, not yet checked against a schema. */
export type Frame =
  | { kind: 'call'; messageId: string; action: string; payload: unknown }
  | { kind: 'result'; messageId: string; payload: unknown }
  | { kind: 'error'; messageId: string; code: string; description: string; details: unknown }
  /** OCPP 2.1: a CALLRESULT that its receiver could not process. */
  | { kind: 'result-error'; messageId: string; code: string; description: string; details: unknown }
  /** OCPP 2.1: a message that is never answered. */
  | { kind: 'send'; messageId: string; action: string; payload: unknown };

/** Our own names of the RPC errors; error-codes.ts spells them for each version. */
export const OCPP_ERROR_CODES = [
  'NotImplemented',
  'NotSupported',
  'InternalError',
  'ProtocolError',
  'SecurityError',
  'FormatViolation',
  'PropertyConstraintViolation',
  'OccurrenceConstraintViolation',
  'TypeConstraintViolation',
  'GenericError',
  'MessageTypeNotSupported',
  'RpcFrameworkError',
] as const;
export type OcppErrorCode = (typeof OCPP_ERROR_CODES)[number];

/** What a text from the wire turned out to be. Never thrown: a defect is an expected outcome. */
export type DecodedFrame =
  | { ok: true; frame: Frame }
  | {
      ok: false;
      /** One line for people: what is wrong with the text. */
      defect: string;
      /** The CALLERROR that the specification asks for, or null where the frame is to be dropped. */
      answer: { messageId: string; code: OcppErrorCode } | null;
    };

/** One broken rule: of a message's schema, or of the framing. */
export interface Violation {
  /** JSON pointer into the payload, `''` for the payload itself. */
  path: string;
  /** JSON schema keyword: `required`, `maxLength`, `enum`, …; `ocpp-j` for a text that is no frame. */
  rule: string;
  /** Plain words, without the offending value. */
  message: string;
  code: OcppErrorCode;
}
