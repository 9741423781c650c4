import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { FirmwareFile, FirmwareFilePage, JobWithFiles, LogFile } from '@cpo-console/shared/api/jobs.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedChargePoint, startSimulatedChargePoint } from '../src/simulator/simulated-charge-point.ts';
import { type Product, startProduct } from './support/product.ts';
import { connectScripted, type ScriptedChargePoint } from './support/scripted-charge-point.ts';

const MEGABYTE = 1024 * 1024;
const DAY_MS = 24 * 3_600_000;
const IMAGE = Buffer.from('firmware image, '.repeat(1_000));
const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

let product: Product;
let skippedMs = 0;
beforeAll(async () => {
  const limits = { MAX_UPLOAD_MEGABYTES: '1', UPLOAD_QUOTA_MEGABYTES: '2' };
  product = await startProduct(limits, { now: () => Date.now() + skippedMs });
}, 30_000);
afterAll(() => product.stop());

const jobsOf = async (name: string): Promise<JobWithFiles[]> =>
  (await product.api<Page<JobWithFiles>>('GET', `/things/${name}/firmware`)).items;
const newestJob = async (name: string): Promise<JobWithFiles> => (await jobsOf(name))[0]!;
const stepsOf = async (name: string): Promise<string[]> => (await newestJob(name)).history.map(({ status }) => status);

/** As an operator. The body goes as it is. */
const send = (method: string, path: string, body?: Buffer | string) =>
  product.raw(method, `/api/v1${path}`, body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) });

async function keep(name: string, query = '', content = IMAGE): Promise<FirmwareFile> {
  const response = await send('POST', `/firmware-files?name=${name}&fileName=${name}.bin${query}`, content);
  expect(response.status).toBe(201);
  return (await response.json()) as FirmwareFile;
}

/** The address in what a charge point was asked for last, whatever the action. */
function locationIn(chargePoint: ScriptedChargePoint): string {
  const { payload } = chargePoint.asked.at(-1)!;
  const { location, firmware, log } = payload as Record<string, Record<string, string> & string>;
  return (location ?? firmware?.location ?? log?.remoteLocation) as string;
}

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;
const short = (version: OcppVersion): string => version.replace(/\W/g, '');

describe.each(VERSIONS)('%s', (version) => {
  const name = `FW-${short(version)}`;
  const is16 = version === 'ocpp1.6';
  let chargePoint: ScriptedChargePoint;
  beforeAll(async () => {
    chargePoint = await connectScripted(product, name, version);
    if (is16) chargePoint.answer('UpdateFirmware', () => ({}));
    chargePoint.answer('GetDiagnostics', () => ({ fileName: 'd.log' }));
  });
  const requestId = () => (is16 ? {} : { requestId: chargePoint.asked.at(-1)!.payload.requestId });

  it('L01, 1.6 §5.19: a charge point fetches a kept file by its link, and the history tells all of it', async () => {
    const file = await keep('v2');
    expect(file).toMatchObject({ bytes: IMAGE.length, sha256: sha256(IMAGE), fileName: 'v2.bin' });
    const order = { firmwareFileId: file.id, retries: 3, retryIntervalSeconds: 60 };
    const command = await product.api<Command>('POST', `/things/${name}/firmware-updates`, order);
    expect(command).toMatchObject({ status: 'answered', action: 'UpdateFirmware' });
    expect(chargePoint.asked.at(-1)?.payload).toMatchObject({ retries: 3, retryInterval: 60 });

    const url = locationIn(chargePoint);
    expect(url.startsWith(`${product.url}/firmware/`)).toBe(true);
    const said = (status: string) => chargePoint.call('FirmwareStatusNotification', { status, ...requestId() });
    await said('Downloading');
    const fetched = await fetch(url);
    expect(fetched.status).toBe(200);
    expect(fetched.headers.get('content-disposition')).toBe('attachment; filename="v2.bin"');
    expect(fetched.headers.get('x-content-type-options')).toBe('nosniff');
    expect(sha256(Buffer.from(await fetched.arrayBuffer()))).toBe(file.sha256);
    expect((await product.api<FirmwareFile>('GET', `/firmware-files/${file.id}`)).inUseBy).toEqual([name]);
    const refused = await product.request('DELETE', `/firmware-files/${file.id}`);
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining(name) } });

    for (const status of ['Downloaded', 'Installing', 'Installed']) await said(status);
    await expect.poll(() => stepsOf(name)).toContain('FileFetched');
    const job = await newestJob(name);
    expect(job).toMatchObject({ id: command.id, state: 'succeeded', firmwareFile: { id: file.id, name: 'v2' } });
    const reported = job.history.filter(({ status }) => status !== 'FileFetched').map(({ status }) => status);
    expect(reported).toEqual(['Requested', 'Accepted', 'Downloading', 'Downloaded', 'Installing', 'Installed']);

    await product.api('DELETE', `/firmware-files/${file.id}`);
    expect((await fetch(url)).status).toBe(410);
    expect((await newestJob(name)).firmwareFile).toBeNull();
  });

  it('L01: an address of elsewhere goes out as it was given', async () => {
    const url = 'ftp://firmware.example:2121/a%20b/../new.bin?x=1';
    await product.api('POST', `/things/${name}/firmware-updates`, { url, retrieveAt: '2030-01-02T03:04:05+01:00' });
    expect(locationIn(chargePoint)).toBe(url);
    expect(JSON.stringify(chargePoint.asked.at(-1)?.payload)).toContain('2030-01-02T02:04:05.000Z');
    expect(await newestJob(name)).toMatchObject({ location: url, state: 'waiting', firmwareFile: null });
  });

  it('L01, whitepaper L01: a signed file goes with its signature and certificate', async () => {
    const { id } = await keep('signed');
    const notes = {
      signature: 'c2lnbmVk',
      signingCertificate: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----',
    };
    await product.api('PATCH', `/firmware-files/${id}`, notes);
    const { action } = await product.api<Command>('POST', `/things/${name}/firmware-updates`, { firmwareFileId: id });
    expect(action).toBe(is16 ? 'SignedUpdateFirmware' : 'UpdateFirmware');
    expect(chargePoint.asked.at(-1)?.payload).toMatchObject({ firmware: notes, requestId: expect.any(Number) });
    const report = is16 ? 'SignedFirmwareStatusNotification' : 'FirmwareStatusNotification';
    await chargePoint.call(report, {
      status: 'SignatureVerified',
      requestId: chargePoint.asked.at(-1)!.payload.requestId,
    });
    expect(await newestJob(name)).toMatchObject({ status: 'SignatureVerified', state: 'running' });
    await product.api('POST', `/things/${name}/firmware-updates`, { firmwareFileId: id, signed: false });
    expect(JSON.stringify(chargePoint.asked.at(-1)?.payload)).not.toContain('c2lnbmVk');
  });

  it('N01, 1.6 §5.10: a log put at our link is listed and downloaded, and the link takes no second one', async () => {
    const { action } = await product.api<Command>('POST', `/things/${name}/log-requests`, {});
    expect(action).toBe(is16 ? 'GetDiagnostics' : 'GetLog');
    const url = locationIn(chargePoint);
    const report = is16 ? 'DiagnosticsStatusNotification' : 'LogStatusNotification';
    await chargePoint.call(report, { status: 'Uploading', ...requestId() });
    expect((await fetch(`${url}station.log`, { method: 'PUT', body: 'line 1\n<script>' })).status).toBe(201);
    await chargePoint.call(report, { status: 'Uploaded', ...requestId() });
    const job = await newestJob(name);
    expect(job).toMatchObject({ state: 'succeeded', files: [{ fileName: 'station.log', bytes: 15, thingName: name }] });
    expect(job.history.map(({ status }) => status)).toContain('FileReceived');

    const file = job.files[0]!;
    const listed = await product.api<Page<LogFile>>('GET', `/things/${name}/log-files`);
    expect(listed.items[0]).toEqual(file);
    const content = await send('GET', `/log-files/${file.id}/content`);
    expect(await content.text()).toBe('line 1\n<script>');
    expect(content.headers.get('content-disposition')).toBe('attachment; filename="station.log"');
    expect(content.headers.get('content-type')).toBe('application/octet-stream');
    expect((await fetch(url, { method: 'PUT', body: 'again' })).status).toBe(410);
    await product.api('DELETE', `/log-files/${file.id}`);
    expect((await send('GET', `/log-files/${file.id}/content`)).status).toBe(404);
  });

  it('N01, L01, 1.6 §5.10: a command that is written by hand takes a link of ours, too', async () => {
    const linkOf = async (path: string, body: object) => {
      const { url } = await product.api<{ url: string }>('POST', `/things/${name}/${path}`, body);
      return url;
    };
    const upload = await linkOf('upload-links', {});
    const getLog = is16
      ? { action: 'GetDiagnostics', payload: { location: upload } }
      : { action: 'GetLog', payload: { logType: 'SecurityLog', requestId: 7, log: { remoteLocation: upload } } };
    await product.api('POST', `/things/${name}/commands`, getLog);
    expect((await fetch(`${locationIn(chargePoint)}by-hand.log`, { method: 'PUT', body: 'x' })).status).toBe(201);
    expect((await newestJob(name)).files).toMatchObject([{ fileName: 'by-hand.log' }]);

    const { id } = await keep('by hand');
    const location = await linkOf('firmware-links', { firmwareFileId: id, baseUrl: product.url });
    const retrieveAt = '2030-01-02T03:04:05Z';
    const payload = is16
      ? { location, retrieveDate: retrieveAt }
      : { requestId: 8, firmware: { location, retrieveDateTime: retrieveAt } };
    await product.api('POST', `/things/${name}/commands`, { action: 'UpdateFirmware', payload });
    expect((await fetch(locationIn(chargePoint))).status).toBe(200);
    expect(await newestJob(name)).toMatchObject({ firmwareFile: { id } });
  });
});

it('an empty address that breaks the schema is refused with the way to a link of ours', async () => {
  await connectScripted(product, 'NO-ADDRESS', 'ocpp1.6');
  const command = { action: 'GetDiagnostics', payload: { location: '' } };
  expect(await product.request('POST', '/things/NO-ADDRESS/commands', command)).toMatchObject({
    status: 400,
    body: {
      errors: [{ path: '/payload/location', message: expect.stringContaining('NO-ADDRESS/upload-links makes') }],
    },
  });
});

describe('links', () => {
  let chargePoint: ScriptedChargePoint;
  beforeAll(async () => {
    chargePoint = await connectScripted(product, 'LINKS', 'ocpp2.0.1');
  });
  async function uploadLink(): Promise<string> {
    await product.api('POST', '/things/LINKS/log-requests', { logType: 'SecurityLog' });
    return locationIn(chargePoint);
  }
  const put = (url: string, body: NonNullable<RequestInit['body']>) => fetch(url, { method: 'PUT', body });

  it('take a form as well, under a name that means nothing to a path', async () => {
    const form = new FormData();
    form.set('note', 'not a file');
    form.set('file', new Blob(['in a form']), '../../etc/pass"wd\r\n.log');
    expect((await fetch(await uploadLink(), { method: 'POST', body: form })).status).toBe(201);
    const [file] = (await newestJob('LINKS')).files;
    expect(file).toMatchObject({ bytes: 9, fileName: expect.stringMatching(/^[\w.%-]+\.log$/) });
    const content = await send('GET', `/log-files/${file?.id}/content`);
    expect(await content.text()).toBe('in a form');
    const empty = new FormData();
    empty.set('note', 'no file');
    expect((await fetch(await uploadLink(), { method: 'POST', body: empty })).status).toBe(400);
  });

  it('cut an upload that is too large, say so, and may be tried again', async () => {
    const url = await uploadLink();
    const cut = await put(url, Buffer.alloc(MEGABYTE + 1));
    expect(cut.status).toBe(413);
    expect(await cut.json()).toMatchObject({ detail: `At most ${MEGABYTE} bytes are taken.` });
    expect(await newestJob('LINKS')).toMatchObject({
      files: [],
      history: expect.arrayContaining([
        expect.objectContaining({ status: 'UploadCut', source: 'console', info: `over ${MEGABYTE} bytes` }),
      ]),
    });
    expect((await put(url, 'small')).status).toBe(201);
  });

  it('take no more than the quota of all uploads together', async () => {
    const [full, rest, over] = [await uploadLink(), await uploadLink(), await uploadLink()];
    expect((await put(full, Buffer.alloc(MEGABYTE))).status).toBe(201);
    expect((await put(rest, Buffer.alloc(MEGABYTE))).status).toBe(413);
    expect((await put(over, Buffer.alloc(MEGABYTE - 10_000))).status).toBe(201);
    for (const { id } of (await product.api<Page<LogFile>>('GET', '/things/LINKS/log-files')).items)
      await product.api('DELETE', `/log-files/${id}`);
    expect((await put(rest, Buffer.alloc(MEGABYTE))).status).toBe(201);
  });

  it('keep nothing of an upload that breaks off', async () => {
    const url = await uploadLink();
    const sender = httpRequest(url, { method: 'PUT', headers: { 'content-length': 1_000 } });
    sender.on('error', () => undefined);
    sender.write('the beginning');
    const job = await newestJob('LINKS');
    // The file is open by then: what comes of it is not a matter of when it was refused.
    await expect.poll(() => readdir(join(product.dataDir, 'uploads'))).toContainEqual(expect.stringMatching(/part$/));
    sender.destroy();
    await expect.poll(() => stepsOf('LINKS')).toContain('UploadBrokeOff');
    expect((await newestJob('LINKS')).id).toBe(job.id);
    expect((await readdir(join(product.dataDir, 'uploads'))).filter((name) => name.endsWith('part'))).toEqual([]);
    expect((await put(url, 'again')).status).toBe(201);
  });

  it('are nobody else’s: a made-up one is 404, one for another purpose 410', async () => {
    expect((await put(`${product.url}/uploads/${'x'.repeat(43)}/a.log`, 'x')).status).toBe(404);
    expect((await fetch(`${product.url}/firmware/${'x'.repeat(43)}`)).status).toBe(404);
    const upload = await uploadLink();
    expect((await fetch(upload.replace('/uploads/', '/firmware/'))).status).toBe(410);
  });

  it('are shown to nobody: neither in the command, the job nor the message log', async () => {
    const token = /uploads\/([\w-]{43})/.exec(await uploadLink())?.[1] as string;
    for (const path of ['/things/LINKS/commands', '/things/LINKS/firmware', '/messages?thingName=LINKS']) {
      const text = await (await send('GET', path)).text();
      expect(text).not.toContain(token);
      expect(text).toContain('/uploads/');
    }
  });

  it('serve parts of a file, and all of it only a few times over', async () => {
    const { id } = await keep('ranges');
    await product.api('POST', '/things/LINKS/firmware-updates', { firmwareFileId: id });
    const url = locationIn(chargePoint);
    const part = async (range: string) => {
      const response = await fetch(url, { headers: { range } });
      return [response.status, response.headers.get('content-range'), await response.text()];
    };
    const size = IMAGE.length;
    expect(await part('bytes=0-7')).toEqual([206, `bytes 0-7/${size}`, 'firmware']);
    expect(await part('bytes=-2')).toEqual([206, `bytes ${size - 2}-${size - 1}/${size}`, ', ']);
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, '']);
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe(String(size));
    const answers = await Promise.all([1, 2, 3, 4].map(() => fetch(url).then(({ status }) => status)));
    expect(answers).toEqual([200, 200, 200, 200]);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url)).status).toBe(410);
  });

  it('end with time', async () => {
    const url = await uploadLink();
    skippedMs += 8 * DAY_MS;
    expect((await put(url, 'late')).status).toBe(410);
  });
});

it('L03: a kept file is published with its MD5, L04: and withdrawn', async () => {
  const chargePoint = await connectScripted(product, 'CONTROLLER', 'ocpp2.1');
  const { id, md5 } = await keep('published');
  await product.api('POST', '/things/CONTROLLER/firmware-publications', { firmwareFileId: id });
  const { requestId, checksum } = chargePoint.asked.at(-1)!.payload;
  expect(checksum).toBe(md5);
  expect(md5).toBe(createHash('md5').update(IMAGE).digest('hex'));
  await chargePoint.call('PublishFirmwareStatusNotification', {
    status: 'Published',
    requestId,
    location: ['http://c/f'],
  });
  expect(await newestJob('CONTROLLER')).toMatchObject({ kind: 'publish-firmware', state: 'succeeded' });
  chargePoint.answer('UnpublishFirmware', () => ({ status: 'Unpublished' }));
  const payload = { checksum: md5 };
  await product.api('POST', '/things/CONTROLLER/commands', { action: 'UnpublishFirmware', payload });
  expect(await newestJob('CONTROLLER')).toMatchObject({ status: 'Unpublished' });
});

describe.each(VERSIONS)('a simulated charge point of %s', (version) => {
  const name = `SIM-${short(version)}`;
  let station: SimulatedChargePoint;
  beforeAll(async () => {
    await product.api('POST', '/things', { thingName: name });
    const booted = Promise.withResolvers<void>();
    station = startSimulatedChargePoint({
      url: `${product.url.replace('http', 'ws')}/ocpp`,
      id: name,
      protocol: version,
      timings: { restartMs: 10 },
      now: () => Date.now() + skippedMs,
      onEvent: ({ kind }) => kind === 'booted' && booted.resolve(),
    });
    await booted.promise;
  });
  afterAll(() => station.stop());

  it('L01: updates its firmware from here and comes back with it', async () => {
    const { id } = await keep('fw-11.0');
    await product.api('POST', `/things/${name}/firmware-updates`, { firmwareFileId: id });
    await expect.poll(() => newestJob(name), { timeout: 8_000 }).toMatchObject({ status: 'Installed' });
    const thing = () => product.api<Thing>('GET', `/things/${name}`);
    await expect.poll(async () => (await thing()).state.chargingStation?.firmwareVersion).toBe('fw-11.0');
  }, 15_000);

  it('N01: uploads its log here; where it can not, it says so', async () => {
    await product.api('POST', `/things/${name}/log-requests`, {});
    await expect
      .poll(() => newestJob(name))
      .toMatchObject({ state: 'succeeded', files: [{ bytes: expect.any(Number) }] });
    await product.api('POST', `/things/${name}/log-requests`, { url: 'ftp://elsewhere.example/logs' });
    await expect.poll(() => newestJob(name)).toMatchObject({ state: 'failed', files: [] });
  });
});

it('a simulated charge point within the server asks no address but the server’s own', async () => {
  const asked: (string | undefined)[] = [];
  const elsewhere = createServer(({ url }, response) => {
    asked.push(url);
    response.end('firmware');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const { thingName } = await product.api<{ thingName: string }>('POST', '/demo-charge-point', {});
  const order = () => product.request('POST', `/things/${thingName}/log-requests`, { url: `${url}/uploads/x` });
  await expect.poll(async () => ((await order()).body as Command).status, { timeout: 8_000 }).toBe('answered');
  await expect.poll(async () => (await newestJob(thingName)).state).toBe('failed');
  expect(asked).toEqual([]);
  await new Promise((resolve) => elsewhere.close(resolve));
}, 15_000);

describe('bad input', () => {
  beforeAll(async () => {
    await connectScripted(product, 'BAD', 'ocpp1.6');
  });
  const order = (body: object, kind = 'firmware-updates', thing = 'BAD') =>
    product.request('POST', `/things/${thing}/${kind}`, body);

  it.each([
    [{}],
    [{ url: 'http://x/f', firmwareFileId: 'y' }],
    [{ url: 'http://x/f', signed: true }],
    [{ url: 'http://x/f', retrieveAt: 'tomorrow' }],
    [{ url: 'http://x/f', baseUrl: 'ftp://elsewhere' }],
    [{ url: 'http://x/f', unknown: 1 }],
  ])('%j is refused', async (body) => {
    expect(await order(body)).toMatchObject({ status: 400, body: { detail: expect.any(String) } });
  });

  it('what the version does not have is refused with its actions', async () => {
    const body = { url: 'http://x/f', checksum: 'd41d8cd98f00b204e9800998ecf8427e' };
    expect(await order(body, 'firmware-publications')).toMatchObject({ status: 400 });
    expect(await order({ firmwareFileId: 'nothing' })).toMatchObject({ status: 404 });
    expect(await order({ url: 'http://x/f' }, 'firmware-updates', 'NOBODY')).toMatchObject({ status: 404 });
    await product.api('POST', '/things', { thingName: 'NEVER-SEEN' });
    expect(await order({ url: 'http://x/f' }, 'firmware-updates', 'NEVER-SEEN')).toMatchObject({ status: 409 });
  });

  it('a firmware file over the limit is cut and told, one that is empty or has no name is refused', async () => {
    const response = await send('POST', '/firmware-files?name=big', Buffer.alloc(MEGABYTE + 1));
    expect(response.status).toBe(413);
    expect((await send('POST', '/firmware-files', 'x')).status).toBe(400);
    expect((await send('POST', '/firmware-files?name=empty', '')).status).toBe(400);
    const { items, maxBytes } = await product.api<FirmwareFilePage>('GET', '/firmware-files');
    expect(maxBytes).toBe(MEGABYTE);
    for (const name of ['big', 'empty']) expect(items.map((item) => item.name)).not.toContain(name);
  });
});
