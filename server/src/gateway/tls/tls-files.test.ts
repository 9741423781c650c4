import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTlsMaterial, type TlsMaterial } from '../../../test/support/make-tls-material.ts';
import { readTlsFiles } from './tls-files.ts';
import type { TlsSettings } from './tls-settings.ts';

let folder: string;
let made: TlsMaterial;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-files-'));
  made = makeTlsMaterial(folder);
  made.issue('one', '/CN=one');
  made.issue('two', '/CN=two');
  await writeFile(join(folder, 'junk'), 'junk');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Given extends Partial<Omit<TlsSettings, 'certificates'>> {
  certificates: [string, string][];
}

const read = ({ certificates, ...rest }: Given) =>
  readTlsFiles({
    port: 1,
    certificates: certificates.map(([cert, key]) => ({ certFile: made.path(cert), keyFile: made.path(key) })),
    clientCaFile: null,
    clientCrlFile: null,
    clientOrganization: null,
    ...rest,
  });

it('files that fit are read', async () => {
  const files = await read({ certificates: [['one.pem', 'one.key']], clientCaFile: made.path('ca.pem') });
  expect(files.cert[0]).toContain('BEGIN CERTIFICATE');
  expect(files.ca).toContain('BEGIN CERTIFICATE');
});

it.each<[string, Given, RegExp]>([
  [
    'a file that is not there',
    { certificates: [['none.pem', 'one.key']] },
    /^TLS_CERT: can not read .*none\.pem \(ENOENT\)$/,
  ],
  [
    'a key of another',
    { certificates: [['one.pem', 'two.key']] },
    /^TLS_KEY: .*two\.key is not the key of .*one\.pem$/,
  ],
  ['no certificate', { certificates: [['junk', 'one.key']] }, /^TLS_CERT: .*junk is no such file in PEM/],
  ['no key', { certificates: [['one.pem', 'junk']] }, /^TLS_KEY: .*junk is no such file in PEM/],
  [
    'two of a kind',
    {
      certificates: [
        ['one.pem', 'one.key'],
        ['two.pem', 'two.key'],
      ],
    },
    /^TLS_CERT has two certificates with ECDSA keys/,
  ],
])('%s stops the start, and is named', async (_what, given, problem) => {
  await expect(read(given)).rejects.toThrow(problem);
});

it.each(['clientCaFile', 'clientCrlFile'] as const)('junk as %s stops the start', async (setting) => {
  const given: Given = { certificates: [['one.pem', 'one.key']] };
  await expect(read({ ...given, [setting]: made.path('junk') })).rejects.toThrow(
    /^TLS_CLIENT_(CA|CRL): .*junk is no such file in PEM/,
  );
});
