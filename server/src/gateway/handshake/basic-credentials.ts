export interface BasicCredentials {
  userName: string;
  /** As sent: OCPP 1.6 allows any bytes in an AuthorizationKey, so this never goes through a text encoding. */
  password: Buffer;
}

/** @see RFC 7617; null when the header is absent or not Basic */
export function parseBasicCredentials(header: string | undefined): BasicCredentials | null {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64');
  const colon = bytes.indexOf(0x3a);
  if (colon < 0) return null;
  return { userName: bytes.subarray(0, colon).toString('latin1'), password: bytes.subarray(colon + 1) };
}
