import type { Reply } from './rpc-link.ts';
import { type Command, result, type Station, timestamp } from './station.ts';
import { asPayload, asText, type Payload } from './wire-values.ts';

/** A file that a charge point fetches or puts. False: it could not. */
export interface FileTransfer {
  fetch(url: string): Promise<boolean>;
  put(url: string, text: string): Promise<boolean>;
}

const TRANSFER_MS = 60_000;
/** Longer than a timer can wait is not worth simulating. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Over HTTP; whatever else an address says fails, as at a charge point that does not know the protocol.
 * @param resolve where to ask instead; null: nowhere
 */
export function createFileTransfer(resolve: (url: URL) => URL | null = (url) => url): FileTransfer {
  async function succeeds(address: string, init: RequestInit): Promise<boolean> {
    const url = URL.parse(address);
    const target = url !== null && /^https?:$/.test(url.protocol) ? resolve(url) : null;
    if (target === null) return false;
    try {
      const response = await fetch(target, { ...init, redirect: 'error', signal: AbortSignal.timeout(TRANSFER_MS) });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
  return {
    fetch: (url) => succeeds(url, {}),
    put: (url, text) => succeeds(url, { method: 'PUT', body: text, headers: { 'content-type': 'text/plain' } }),
  };
}

/** How one action reports. `ids` is what each of its reports says beside the status. */
interface Reporting {
  action: string;
  ids: Payload;
}

/** @see OCPP 1.6 §5.19: no answer, no request id */
export const updateFirmware16: Command = (station, { location, retrieveDate }) =>
  result({}, () => {
    const reporting = { action: 'FirmwareStatusNotification', ids: {} };
    void update(station, reporting, { location: asText(location) ?? '', from: asText(retrieveDate), signed: false });
  });

/** SignedUpdateFirmware in 1.6, UpdateFirmware in 2.x. @see OCPP 2.0.1 part 2, L01 and L02 */
export const updateFirmware =
  (action: string): Command =>
  (station, { requestId, firmware }) =>
    result({ status: 'Accepted' }, () => {
      const { location, retrieveDateTime, signature } = asPayload(firmware);
      const what = {
        location: asText(location) ?? '',
        from: asText(retrieveDateTime),
        signed: signature !== undefined,
      };
      void update(station, { action, ids: { requestId } }, what);
    });

async function update(
  station: Station,
  { action, ids }: Reporting,
  { location, from, signed }: { location: string; from: string | undefined; signed: boolean },
): Promise<void> {
  const report = (status: string): Promise<unknown> => station.deliver({ action, payload: { status, ...ids } });
  const wait = Date.parse(from ?? '') - station.now();
  if (wait > 0) {
    if ('requestId' in ids) await report('DownloadScheduled');
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, LONGEST_WAIT_MS)).unref());
  }
  await report('Downloading');
  if (!(await station.files.fetch(location))) return void (await report('DownloadFailed'));
  await report('Downloaded');
  if (signed) await report('SignatureVerified');
  await report('Installing');
  station.hardware.firmwareVersion = versionIn(location) ?? station.hardware.firmwareVersion;
  station.restart();
  await report('Installed');
  if ('requestId' in ids) {
    const event = { type: 'FirmwareUpdated', timestamp: timestamp(station) };
    await station.deliver({ action: 'SecurityEventNotification', payload: event });
  }
}

/** As a local controller does it. @see OCPP 2.0.1 part 2, L03 */
export function publishFirmware(station: Station, { requestId, location }: Payload): Reply {
  const report = (status: string, more: Payload = {}): Promise<unknown> =>
    station.deliver({ action: 'PublishFirmwareStatusNotification', payload: { status, requestId, ...more } });
  return result({ status: 'Accepted' }, () => {
    void (async () => {
      await report('Downloading');
      if (!(await station.files.fetch(asText(location) ?? ''))) return report('DownloadFailed');
      for (const status of ['Downloaded', 'ChecksumVerified']) await report(status);
      return report('Published', { location: ['http://local-controller/firmware'] });
    })();
  });
}

/** The file's name without its ending: what a simulated charge point says that it runs from then on. */
function versionIn(location: string): string | null {
  const name = decodeURIComponent(URL.parse(location)?.pathname.split('/').at(-1) ?? '');
  return name.replace(/\.\w{1,4}$/, '').slice(0, 50) || null;
}

/** @see OCPP 1.6 §5.10 */
export function getDiagnostics(station: Station, { location }: Payload): Reply {
  const fileName = `${station.hardware.serialNumber}-diagnostics.log`;
  return result({ fileName }, () => {
    const reporting = { action: 'DiagnosticsStatusNotification', ids: {} };
    void upload(station, reporting, { location: asText(location) ?? '', fileName, failed: 'UploadFailed' });
  });
}

/** @see OCPP 2.0.1 part 2, N01 */
export function getLog(station: Station, { requestId, logType, log }: Payload): Reply {
  const filename = `${station.hardware.serialNumber}-${asText(logType) ?? 'log'}.log`;
  return result({ status: 'Accepted', filename }, () => {
    const location = asText(asPayload(log).remoteLocation) ?? '';
    const reporting = { action: 'LogStatusNotification', ids: { requestId } };
    void upload(station, reporting, { location, fileName: filename, failed: 'UploadFailure' });
  });
}

async function upload(
  station: Station,
  { action, ids }: Reporting,
  { location, fileName, failed }: { location: string; fileName: string; failed: string },
): Promise<void> {
  await station.deliver({ action, payload: { status: 'Uploading', ...ids } });
  const address = location.endsWith('/') ? location + encodeURIComponent(fileName) : location;
  const succeeded = await station.files.put(address, logText(station));
  await station.deliver({ action, payload: { status: succeeded ? 'Uploaded' : failed, ...ids } });
}

function logText(station: Station): string {
  const { hardware, version, connectors } = station;
  const at = timestamp(station);
  const lines = [
    `${hardware.vendor} ${hardware.model}, serial number ${hardware.serialNumber}, firmware ${hardware.firmwareVersion}, ${version}`,
    ...[...connectors.values()].map(({ id, phase, faulted, meterWh }) => {
      return `connector ${id}: ${faulted ? 'faulted' : phase}, meter at ${Math.round(meterWh)} Wh`;
    }),
  ];
  return lines.map((line) => `${at} ${line}\n`).join('');
}
