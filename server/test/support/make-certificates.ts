import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';

/** An authority, and what it signed for a server on this machine and for a client: `ca.pem`, `server.pem`, `server.key`, … in the folder. */
export function makeCertificates(folder: string): void {
  const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...curve, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority', '-days', '2');
  for (const name of ['server', 'client']) {
    const request = ['req', ...curve, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`];
    openssl(...request, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1');
    const signing = ['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    openssl(...signing, '-copy_extensions', 'copy', '-out', `${name}.pem`, '-days', '2');
    chmodSync(join(folder, `${name}.key`), 0o644);
  }
}
