import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ClientCertificate } from '../../registry/client-certificate.ts';

/** As OpenSSL calls what it found; whatever else it finds is no certificate that we trust. */
const REASONS = new Map<string, Extract<ClientCertificate, { trusted: false }>['reason']>([
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['CERT_NOT_YET_VALID', 'certificate-not-yet-valid'],
  ['CERT_REVOKED', 'certificate-revoked'],
]);

/** @param organization that the certificate must name, null for any. Returns null when none was shown. */
export function shownCertificate(socket: Socket, organization: string | null): ClientCertificate | null {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (certificate === undefined) return null;
  const { authorized, authorizationError } = socket as TLSSocket;
  if (!authorized) {
    return { trusted: false, reason: REASONS.get(String(authorizationError)) ?? 'certificate-untrusted' };
  }
  const { subject } = certificate.toLegacyObject();
  const organizations = all(subject.O);
  if (organization !== null && (organizations.length !== 1 || organizations[0] !== organization)) {
    return { trusted: false, reason: 'certificate-organization' };
  }
  return { trusted: true, commonNames: all(subject.CN) };
}

/** Node.js gives an array only where a name has several. */
function all(values: string | string[] | undefined): string[] {
  return values === undefined ? [] : [values].flat();
}
