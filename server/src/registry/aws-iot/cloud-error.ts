/** AWS did not do what it was asked for; the message is for staff, in plain words. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly statusCode: 400 | 503;
  /** AWS's own name for it. */
  readonly code: string;

  constructor(message: string, { code, statusCode, cause }: { code: string; statusCode: 400 | 503; cause: unknown }) {
    super(message, { cause });
    this.code = code;
    this.statusCode = statusCode;
  }
}

const BAD_CREDENTIALS = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const THROTTLED = new Set(['ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded', 'Throttling']);
const DENIED = new Set(['AccessDeniedException', 'UnauthorizedException', 'ForbiddenException', 'AccessDenied']);
const REFUSED = new Set(['InvalidRequestException', 'LimitExceededException', 'ValidationException']);

/** @param action as IAM names it: `iot:CreateThing` */
export function cloudError(error: unknown, { action, region }: { action: string; region: string }): CloudError {
  const { name: code = '', message = '' } = error as { name?: string; message?: string };
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  const say = (words: string, statusCode: 400 | 503 = 503): CloudError =>
    new CloudError(words, { code, statusCode, cause: error });
  if (code === 'CredentialsProviderError' || code === 'TokenProviderError') {
    return say(
      'AWS credentials are missing: give the task or the machine a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
    );
  }
  if (message === 'Region is missing') return say('The AWS region is missing: set AWS_REGION');
  if (BAD_CREDENTIALS.has(code)) {
    return say(`AWS does not accept the credentials (${code}): they are wrong, expired or not for ${region}`);
  }
  if (DENIED.has(code) || status === 403) {
    return say(`AWS does not allow ${action}: the IAM policy of our credentials must have this action`);
  }
  if (THROTTLED.has(code) || status === 429) return say(`AWS asks to slow down (${action}): it is tried again`);
  if (REFUSED.has(code)) return say(`AWS IoT refuses it (${action}): ${message}`, 400);
  if (code === 'ENOTFOUND' || message.includes('ENOTFOUND')) {
    return say(`AWS IoT has no address in the region ${region}: check AWS_REGION`);
  }
  return say(`AWS IoT can not be asked (${action}): ${message || code}`);
}
