import { textOf, timeOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Call, HandlerDeps } from '../handlers/handler.ts';

const MAX_TYPE = 50;
const MAX_INFO = 255;

/** Keeps a security event under the charge point's own time. @see OCPP 2.0.1 part 2, A04 */
export async function takeSecurityEvent(
  { securityEvents }: Pick<HandlerDeps, 'securityEvents'>,
  { type, timestamp, techInfo }: { type: string; timestamp: string; techInfo?: string },
  { thingName, now }: Call,
): Promise<Record<string, never>> {
  await securityEvents.add({
    thingName,
    type: textOf(type, MAX_TYPE) ?? 'Unknown',
    techInfo: textOf(techInfo, MAX_INFO),
    at: timeOf(timestamp, now),
  });
  return {};
}
