import type { Admission, RegisteredThing } from './registry.ts';

/** What a charge point showed in the TLS handshake, as far as that alone can tell. */
export type ClientCertificate =
  | { trusted: true; commonNames: readonly string[] }
  | {
      trusted: false;
      reason:
        | 'certificate-expired'
        | 'certificate-not-yet-valid'
        | 'certificate-revoked'
        | 'certificate-untrusted'
        | 'certificate-organization';
    };

/** The attribute that says which serial number a charge point has; one without it has its name for one. */
const SERIAL_NUMBER = 'serialNumber';

/**
 * Security profile 3: a trusted certificate names one charge point, by its serial number.
 * @see OCPP 2.0.1 part 2, A00.FR.405 and A00.FR.511
 */
export function admitByCertificate(thing: RegisteredThing, certificate: ClientCertificate | null): Admission {
  if (certificate === null) return { admitted: false, reason: 'certificate-missing' };
  if (!certificate.trusted) return { admitted: false, reason: certificate.reason };
  const [commonName, ...others] = certificate.commonNames;
  const serialNumber = thing.attributes[SERIAL_NUMBER] ?? thing.thingName;
  if (commonName !== serialNumber || others.length > 0) return { admitted: false, reason: 'certificate-of-another' };
  return { admitted: true, thing, credential: null };
}
