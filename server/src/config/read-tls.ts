import type { TlsSettings } from '../gateway/tls/tls-settings.ts';
import { type Parser, SettingError, text, wholeNumber } from './parsers.ts';
import type { SettingName } from './settings.ts';

const OF_TLS = ['TLS_CERT', 'TLS_KEY', 'TLS_CLIENT_CA', 'TLS_CLIENT_CRL', 'TLS_CLIENT_ORGANIZATION'] as const;
const OF_CLIENTS = ['TLS_CLIENT_CRL', 'TLS_CLIENT_ORGANIZATION'] as const;

/** @param optional reads one setting; null when it is not set */
export function readTls(optional: <T>(name: SettingName, parse: Parser<T>) => T | null): TlsSettings | null {
  const port = optional('OCPP_TLS_PORT', wholeNumber(1, 65_535));
  if (port === null) {
    const set = OF_TLS.find((name) => optional(name, text) !== null);
    if (set !== undefined) throw new SettingError(`${set} is set, but OCPP_TLS_PORT is not`);
    return null;
  }
  const certFiles = optional('TLS_CERT', files) ?? [];
  const keyFiles = optional('TLS_KEY', files) ?? [];
  if (certFiles.length === 0 || keyFiles.length !== certFiles.length)
    throw new SettingError('OCPP_TLS_PORT needs TLS_CERT and TLS_KEY, with as many files each');
  const clientCaFile = optional('TLS_CLIENT_CA', text);
  const ofClients = OF_CLIENTS.find((name) => optional(name, text) !== null);
  if (clientCaFile === null && ofClients !== undefined) throw new SettingError(`${ofClients} needs TLS_CLIENT_CA`);
  return {
    port,
    certificates: certFiles.map((certFile, at) => ({ certFile, keyFile: keyFiles[at] ?? '' })),
    clientCaFile,
    clientCrlFile: optional('TLS_CLIENT_CRL', text),
    clientOrganization: optional('TLS_CLIENT_ORGANIZATION', text),
  };
}

function files(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.length <= 2 && names.every((name) => name !== '')) return names;
  throw new SettingError('must be one file, or two with a comma between: one of RSA, one of ECDSA');
}
