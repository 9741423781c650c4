import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { SettingError } from '../../config/parsers.ts';
import type { TlsSettings } from './tls-settings.ts';

/** What the files hold, for `tls.createSecureContext`. */
export interface TlsFiles {
  cert: string[];
  key: string[];
  ca?: string;
  crl?: string;
}

/** Throws a SettingError that names the setting of the file that is wrong. */
export async function readTlsFiles(settings: TlsSettings): Promise<TlsFiles> {
  const { certificates, clientCaFile, clientCrlFile } = settings;
  const cert = await Promise.all(certificates.map(({ certFile }) => read('TLS_CERT', certFile)));
  const key = await Promise.all(certificates.map(({ keyFile }) => read('TLS_KEY', keyFile)));
  const kinds = certificates.map(({ certFile, keyFile }, at) =>
    kindOf({ certFile, keyFile, cert: cert[at] ?? '', key: key[at] ?? '' }),
  );
  if (new Set(kinds).size < kinds.length)
    throw new SettingError(`TLS_CERT has two certificates with ${kinds[0]} keys, but TLS takes one of each kind`);
  const ca = clientCaFile === null ? null : await read('TLS_CLIENT_CA', clientCaFile);
  if (ca !== null) parsed('TLS_CLIENT_CA', clientCaFile, () => new X509Certificate(ca));
  const crl = clientCrlFile === null ? null : await read('TLS_CLIENT_CRL', clientCrlFile);
  if (crl !== null) parsed('TLS_CLIENT_CRL', clientCrlFile, () => createSecureContext({ crl }));
  const files = { cert, key, ...(ca !== null && { ca }), ...(crl !== null && { crl }) };
  parsed('TLS_CERT', certificates.map(({ certFile }) => certFile).join(','), () => createSecureContext(files));
  return files;
}

async function read(setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SettingError(`${setting}: can not read ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
}

function parsed<T>(setting: string, file: string | null, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    // What OpenSSL says of a file quotes none of it.
    throw new SettingError(`${setting}: ${file} is no such file in PEM (${(error as Error).message})`);
  }
}

interface Pair {
  certFile: string;
  keyFile: string;
  cert: string;
  key: string;
}

/** `RSA` or `ECDSA`, of a certificate and its key that belong together. */
function kindOf({ certFile, keyFile, cert, key }: Pair): string {
  const certificate = parsed('TLS_CERT', certFile, () => new X509Certificate(cert));
  const privateKey: KeyObject = parsed('TLS_KEY', keyFile, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey))
    throw new SettingError(`TLS_KEY: ${keyFile} is not the key of ${certFile}`);
  switch (privateKey.asymmetricKeyType) {
    case 'rsa':
      return 'RSA';
    case 'ec':
      return 'ECDSA';
    default:
      throw new SettingError(`TLS_KEY: ${keyFile} is neither an RSA nor an ECDSA key`);
  }
}
