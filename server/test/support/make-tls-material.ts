import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEYS = {
  ecdsa: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
  rsa: ['-newkey', 'rsa:2048'],
} as const;

export interface TlsMaterial {
  /** Makes `<name>.pem` and `<name>.key`, signed by `ca.pem` unless another name is given. */
  issue(name: string, subject: string, more?: { key?: keyof typeof KEYS; authority?: string; dates?: string[] }): void;
  /** Makes `<name>.pem` and `<name>.key` of an authority. */
  authority(name: string): void;
  /** Makes `ca.crl`, which lists what is revoked. */
  revoke(...names: string[]): void;
  path(file: string): string;
}

/** Certificates for tests, in a folder, by openssl. */
export function makeTlsMaterial(folder: string): TlsMaterial {
  const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(join(folder, 'number'), '1000\n');
  writeFileSync(
    join(folder, 'ca.cnf'),
    '[ca]\ndefault_ca=here\n[here]\ndatabase=index.txt\nserial=number\ncrlnumber=number\nnew_certs_dir=.\ndefault_md=sha256\n' +
      'policy=any\nunique_subject=no\ncopy_extensions=copy\ndefault_crl_days=2\n' +
      '[any]\ncommonName=optional\norganizationName=optional\n',
  );
  const authority = (name: string): void => {
    const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
    openssl('req', '-x509', ...KEYS.ecdsa, '-nodes', ...files, '-subj', `/CN=Authority ${name}`, '-days', '2');
  };
  authority('ca');
  return {
    authority,
    path: (file) => join(folder, file),
    issue(name, subject, { key = 'ecdsa', authority: by = 'ca', dates = ['-days', '2'] } = {}) {
      const files = ['-keyout', `${name}.key`, '-out', `${name}.csr`];
      const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
      openssl('req', ...KEYS[key], '-nodes', ...files, '-multivalue-rdn', '-subj', subject, ...names);
      const signing = ['-config', 'ca.cnf', '-batch', '-notext', '-cert', `${by}.pem`, '-keyfile', `${by}.key`];
      openssl('ca', ...signing, '-in', `${name}.csr`, '-out', `${name}.pem`, ...dates);
    },
    revoke(...names) {
      const signing = ['-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key'];
      for (const name of names) openssl('ca', ...signing, '-revoke', `${name}.pem`);
      openssl('ca', ...signing, '-gencrl', '-out', 'ca.crl');
    },
  };
}
