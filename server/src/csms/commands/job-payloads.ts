import type { NewLogRequest } from '@cpo-console/shared/api/jobs.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

/** What a charge point is to do, in the words of no version. Times are RFC 3339. */
interface Order {
  location: string;
  requestId: number;
  retries?: number | undefined;
  retryIntervalSeconds?: number | undefined;
}

export interface UpdateOrder extends Order {
  retrieveAt: string;
  installAt?: string | undefined;
  /** null: the charge point is not to check the file's signature. */
  signed: { signature: string; signingCertificate: string } | null;
}

export interface LogOrder extends Order {
  logType?: NewLogRequest['logType'];
  from?: string | undefined;
  to?: string | undefined;
}

export interface Request {
  action: string;
  payload: Record<string, unknown>;
}

/** @see OCPP 1.6 §5.19 and security whitepaper L01; OCPP 2.0.1 part 2, L01 and L02 */
export function updateFirmware(version: OcppVersion, order: UpdateOrder): Request {
  const { location, requestId, retrieveAt, installAt, signed } = order;
  if (version === 'ocpp1.6' && signed === null)
    return { action: 'UpdateFirmware', payload: { location, retrieveDate: retrieveAt, ...retriesOf(order) } };
  const firmware = {
    location,
    retrieveDateTime: retrieveAt,
    ...(installAt === undefined ? {} : { installDateTime: installAt }),
    ...signed,
  };
  const action = version === 'ocpp1.6' ? 'SignedUpdateFirmware' : 'UpdateFirmware';
  return { action, payload: { requestId, ...retriesOf(order), firmware } };
}

/** @see OCPP 2.0.1 part 2, L03 */
export function publishFirmware(order: Order & { checksum: string }): Request {
  const { location, requestId, checksum } = order;
  return { action: 'PublishFirmware', payload: { location, checksum, requestId, ...retriesOf(order) } };
}

/** @see OCPP 1.6 §5.10 and security whitepaper A.N.7; OCPP 2.0.1 part 2, N01 */
export function getLog(version: OcppVersion, order: LogOrder): Request {
  const { location, requestId, from, to } = order;
  const logType = order.logType ?? (version === 'ocpp1.6' ? 'Diagnostics' : 'DiagnosticsLog');
  if (logType === 'Diagnostics') {
    const period = { ...(from ? { startTime: from } : {}), ...(to ? { stopTime: to } : {}) };
    return { action: 'GetDiagnostics', payload: { location, ...retriesOf(order), ...period } };
  }
  const period = { ...(from ? { oldestTimestamp: from } : {}), ...(to ? { latestTimestamp: to } : {}) };
  const log = { remoteLocation: location, ...period };
  return { action: 'GetLog', payload: { logType, requestId, ...retriesOf(order), log } };
}

const retriesOf = ({ retries, retryIntervalSeconds }: Order) => ({
  ...(retries === undefined ? {} : { retries }),
  ...(retryIntervalSeconds === undefined ? {} : { retryInterval: retryIntervalSeconds }),
});
