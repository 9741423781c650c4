import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCsms, type TestCsms } from '../testing/start-csms.ts';

let csms: TestCsms;
beforeEach(async () => {
  csms = await startCsms();
});
afterEach(() => csms.stop());

const URL = 'http://files.example/new.bin';
const RETRIEVE = '2026-05-05T00:00:00Z';
const newestCall = () => csms.outOf('CP1').findLast((frame) => frame[0] === 2);
const jobs = async () => (await csms.jobs.list({ thingName: 'CP1', limit: 50 })).items;
const steps = (job: { history: { status: string }[] } | undefined) => job?.history.map(({ status }) => status);
const untilSent = async (count: number) => {
  while (csms.outOf('CP1').filter((frame) => frame[0] === 2).length < count)
    await new Promise((resolve) => setImmediate(resolve));
};

/** Sends a command and answers it as the charge point would. */
async function ask(action: string, payload: unknown, answer: unknown) {
  const sent = csms.outOf('CP1').filter((frame) => frame[0] === 2).length;
  const done = csms.commands.send({ thingName: 'CP1', action, payload, sentBy: 'ada' });
  await untilSent(sent + 1);
  csms.say('CP1', [3, newestCall()?.[1], answer]);
  return done;
}
const tell = (action: string, payload: unknown) => csms.call('CP1', action, payload);

describe('ocpp1.6', () => {
  beforeEach(() => csms.present('CP1', 'ocpp1.6'));

  test('§5.19, §4.5: statuses without a request id belong to the update that goes on', async () => {
    await ask('UpdateFirmware', { location: URL, retrieveDate: RETRIEVE }, {});
    for (const status of ['Downloading', 'Downloaded', 'Installing'])
      expect(await tell('FirmwareStatusNotification', { status })).toEqual({});
    const [job] = await jobs();
    expect(job).toMatchObject({ kind: 'firmware', requestedBy: 'ada', location: URL, state: 'running' });
    expect(steps(job)).toEqual(['Requested', 'Accepted', 'Downloading', 'Downloaded', 'Installing']);
    await tell('FirmwareStatusNotification', { status: 'Installed' });
    expect((await jobs())[0]).toMatchObject({ status: 'Installed', state: 'succeeded' });
  });

  test('§4.5: a status that nobody asked for is a job of its own; Idle is none', async () => {
    expect(await tell('FirmwareStatusNotification', { status: 'Idle' })).toEqual({});
    expect(await jobs()).toEqual([]);
    await tell('FirmwareStatusNotification', { status: 'Downloading' });
    await tell('DiagnosticsStatusNotification', { status: 'Uploading' });
    expect(await jobs()).toMatchObject([
      { kind: 'log', action: 'GetDiagnostics', status: 'Uploading', requestedBy: null, location: null },
      { kind: 'firmware', action: 'UpdateFirmware', status: 'Downloading', requestedBy: null },
    ]);
  });

  test('§4.5: Idle after the end leaves the job as it ended, and stands in its history', async () => {
    await ask('UpdateFirmware', { location: URL, retrieveDate: RETRIEVE }, {});
    await tell('FirmwareStatusNotification', { status: 'Installed' });
    await tell('FirmwareStatusNotification', { status: 'Idle' });
    const [job] = await jobs();
    expect(job?.status).toBe('Installed');
    expect(steps(job)?.at(-1)).toBe('Idle');
  });

  test('§4.5: what comes long after the end belongs to no job that was asked for', async () => {
    await ask('UpdateFirmware', { location: URL, retrieveDate: RETRIEVE }, {});
    await tell('FirmwareStatusNotification', { status: 'DownloadFailed' });
    csms.clock.now += 60_000;
    await tell('FirmwareStatusNotification', { status: 'Downloading' });
    expect(await jobs()).toMatchObject([{ status: 'Downloading', requestedBy: 'ada' }]);
    await tell('FirmwareStatusNotification', { status: 'Installed' });
    csms.clock.now += 3 * 3_600_000;
    await tell('FirmwareStatusNotification', { status: 'Downloading' });
    expect(await jobs()).toMatchObject([{ status: 'Downloading', requestedBy: null }, { status: 'Installed' }]);
  });

  test('§5.10: diagnostics without a file name mean that there is nothing to upload', async () => {
    await ask('GetDiagnostics', { location: 'ftp://u:pass@host/d/' }, {});
    const [job] = await jobs();
    expect(job).toMatchObject({ status: 'NothingToUpload', state: 'failed' });
    expect(JSON.stringify(job)).not.toContain('pass');
  });

  test('L01 of the security whitepaper: a signed update is found by its request id', async () => {
    const firmware = { location: URL, retrieveDateTime: RETRIEVE, signingCertificate: 'C', signature: 'S' };
    await ask('SignedUpdateFirmware', { requestId: 7, firmware }, { status: 'Accepted' });
    await ask('SignedUpdateFirmware', { requestId: 8, firmware }, { status: 'InvalidCertificate' });
    await tell('SignedFirmwareStatusNotification', { status: 'InvalidSignature', requestId: 7 });
    expect(await jobs()).toMatchObject([
      { requestId: 8, status: 'InvalidCertificate', state: 'failed' },
      { requestId: 7, status: 'InvalidSignature', state: 'failed' },
    ]);
  });
});

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s', (version) => {
  beforeEach(() => csms.present('CP1', version));
  const firmware = { location: URL, retrieveDateTime: RETRIEVE };
  const log = { remoteLocation: 'http://files.example/up' };

  test('L01.FR.10: each status goes to the update with its request id', async () => {
    await ask('UpdateFirmware', { requestId: 1, firmware }, { status: 'Accepted' });
    await ask('UpdateFirmware', { requestId: 2, firmware }, { status: 'AcceptedCanceled' });
    await tell('FirmwareStatusNotification', { status: 'Downloading', requestId: 2 });
    await tell('FirmwareStatusNotification', { status: 'DownloadFailed', requestId: 1 });
    await tell('FirmwareStatusNotification', { status: 'Downloading', requestId: 99 });
    expect(await jobs()).toMatchObject([
      { requestId: 99, requestedBy: null, status: 'Downloading' },
      { requestId: 2, status: 'Downloading', state: 'running' },
      { requestId: 1, status: 'DownloadFailed', state: 'failed' },
    ]);
  });

  test('N01: a log that was uploaded, and one that was refused with its reason', async () => {
    await ask('GetLog', { logType: 'DiagnosticsLog', requestId: 1, log }, { status: 'Accepted', filename: 'd.log' });
    const statusInfo = { reasonCode: 'NoSpace', additionalInfo: 'disk full' };
    await ask('GetLog', { logType: 'SecurityLog', requestId: 2, log }, { status: 'Rejected', statusInfo });
    await tell('LogStatusNotification', { status: 'Uploaded', requestId: 1 });
    const [refused, uploaded] = await jobs();
    expect(refused).toMatchObject({ status: 'Rejected', state: 'failed' });
    expect(refused?.history.at(-1)?.info).toBe('NoSpace: disk full');
    expect(uploaded).toMatchObject({ kind: 'log', status: 'Uploaded', state: 'succeeded' });
    expect(uploaded?.history[1]?.info).toBe('d.log');
  });

  test('a report that overtakes the answer keeps its say', async () => {
    const done = csms.commands.send({
      thingName: 'CP1',
      action: 'GetLog',
      payload: { logType: 'DiagnosticsLog', requestId: 5, log },
      sentBy: 'ada',
    });
    await untilSent(1);
    await tell('LogStatusNotification', { status: 'Uploading', requestId: 5 });
    csms.say('CP1', [3, newestCall()?.[1], { status: 'Accepted' }]);
    await done;
    expect(await jobs()).toMatchObject([{ status: 'Uploading', state: 'running' }]);
  });

  test('a request that is answered with an error, or never, is a job that failed', async () => {
    const payload = { requestId: 1, firmware };
    const refused = csms.commands.send({ thingName: 'CP1', action: 'UpdateFirmware', payload, sentBy: 'ada' });
    await untilSent(1);
    csms.say('CP1', [4, newestCall()?.[1], 'NotSupported', 'no updates here', {}]);
    await refused;
    const lost = csms.commands.send({ thingName: 'CP1', action: 'UpdateFirmware', payload, sentBy: 'ada' });
    await untilSent(2);
    csms.present('CP1', version, false);
    await lost;
    const [second, first] = await jobs();
    expect(first).toMatchObject({ status: 'Refused', state: 'failed' });
    expect(first?.history.at(-1)?.info).toBe('NotSupported: no updates here');
    expect(second).toMatchObject({ status: 'NotSent', state: 'failed' });
  });

  test('L03, L04: published firmware ends as unpublished', async () => {
    const checksum = 'd41d8cd98f00b204e9800998ecf8427e';
    await ask('PublishFirmware', { location: URL, checksum, requestId: 3 }, { status: 'Accepted' });
    const location = ['http://controller/fw.bin', 'https://controller/fw.bin'];
    expect(await tell('PublishFirmwareStatusNotification', { status: 'Published', requestId: 3, location })).toEqual(
      {},
    );
    expect(await jobs()).toMatchObject([{ kind: 'publish-firmware', status: 'Published', state: 'succeeded' }]);
    await ask('UnpublishFirmware', { checksum: checksum.toUpperCase() }, { status: 'Unpublished' });
    expect((await jobs())[0]).toMatchObject({ status: 'Unpublished', state: 'succeeded' });
  });
});

test('a restart ends the requests that nobody will answer any more', async () => {
  csms.present('CP1', 'ocpp1.6');
  void csms.commands.send({
    thingName: 'CP1',
    action: 'UpdateFirmware',
    payload: { location: URL, retrieveDate: RETRIEVE },
    sentBy: 'ada',
  });
  await untilSent(1);
  await csms.stop({ keepData: true });
  csms = await startCsms({ dataDir: csms.dataDir });
  expect(await jobs()).toMatchObject([{ status: 'NotAnswered', state: 'failed' }]);
});

test.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('A04 in %s: security events are kept', async (version) => {
  csms.present('CP1', version);
  const timestamp = '2026-05-04T11:59:00Z';
  await tell('SecurityEventNotification', { type: 'TamperDetectionActivated', timestamp, techInfo: 'lid' });
  await tell('SecurityEventNotification', { type: 'StartupOfTheDevice', timestamp });
  const page = await csms.securityEvents.list({ thingName: 'CP1', limit: 1 });
  expect(page.items).toMatchObject([{ type: 'StartupOfTheDevice', severity: 'info', techInfo: null }]);
  const rest = await csms.securityEvents.list({ thingName: 'CP1', limit: 1, cursor: page.nextCursor ?? '' });
  expect(rest).toMatchObject({
    items: [
      { type: 'TamperDetectionActivated', severity: 'critical', techInfo: 'lid', at: '2026-05-04T11:59:00.000Z' },
    ],
    nextCursor: null,
  });
});
