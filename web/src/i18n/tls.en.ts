/** Why a charge point was sent away at the TLS listener. */
export const tlsRefusalsEn = {
  'certificate-missing': 'showed no client certificate',
  'certificate-of-another': 'its certificate names another: one CN is wanted, its serial number',
  'certificate-expired': 'its certificate has expired',
  'certificate-not-yet-valid': 'its certificate is not valid yet',
  'certificate-revoked': 'its certificate was revoked',
  'certificate-untrusted': 'its certificate was signed by nobody trusted here',
  'certificate-organization': 'its certificate was made out to another organization',
  'lower-security-profile': 'came without TLS, and has come with it before',
  'tls-not-spoken': 'speaks no TLS at the TLS port',
  'tls-version': 'TLS 1.2 is too new for it',
  'tls-suites': 'no cipher suite in common',
  'tls-distrusted': 'does not trust this server’s certificate',
  'tls-timeout': 'did not finish the TLS handshake in 5 seconds',
  'tls-failed': 'the TLS handshake failed',
};
