/** What a CALLERROR to a command means, by its code. Some versions spell a code in their own way. */
export const callErrorsEn = {
  NotImplemented: 'It does not know this action.',
  NotSupported: 'It knows this action, but does not do it.',
  InternalError: 'Something went wrong inside it. It may work later.',
  ProtocolError: 'It finds that the request has no place here.',
  SecurityError: 'It does not let this happen for reasons of safety.',
  FormatViolation: 'It can’t read the request.',
  FormationViolation: 'It can’t read the request.',
  PropertyConstraintViolation: 'A value in the request is not one that it takes.',
  OccurrenceConstraintViolation: 'Something is missing in the request, or there too often.',
  OccurenceConstraintViolation: 'Something is missing in the request, or there too often.',
  TypeConstraintViolation: 'A value in the request is of another type than it takes.',
  GenericError: 'It does not say what went wrong.',
  MessageTypeNotSupported: 'It does not know this type of message.',
  RpcFrameworkError: 'It does not take this for an OCPP message.',
} as const;
