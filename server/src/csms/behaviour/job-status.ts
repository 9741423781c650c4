import { integerOf, listOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Call, HandlerDeps } from '../handlers/handler.ts';

/** What every status notification of a firmware update or log upload has, in any version. */
interface StatusNotification {
  status: string;
  requestId?: number;
  statusInfo?: object;
  location?: string[];
}

const MAX_STATUS = 50;

/**
 * Keeps how a firmware update or log upload goes. It may come at any time, also when nobody asked for one.
 * @param actions the requests that it may be about, the likeliest first
 */
export async function takeJobStatus(
  { jobs }: Pick<HandlerDeps, 'jobs'>,
  notification: StatusNotification,
  { thingName, version, actions }: Pick<Call, 'thingName' | 'version'> & { actions: readonly [string, ...string[]] },
): Promise<Record<string, never>> {
  const { status, requestId, statusInfo, location } = notification;
  await jobs.report({
    thingName,
    protocol: version,
    actions,
    requestId: integerOf(requestId),
    status: textOf(status, MAX_STATUS) ?? 'Unknown',
    // Published: where the other charge points find it.
    info: statusInfoText(statusInfo) ?? textOf(listOf(location).join(', ')),
  });
  return {};
}

/** OCPP 2.x StatusInfoType as one line. */
export function statusInfoText(statusInfo: unknown): string | null {
  const { reasonCode, additionalInfo } = membersOf(statusInfo);
  return textOf([textOf(reasonCode), textOf(additionalInfo)].filter(Boolean).join(': '));
}
