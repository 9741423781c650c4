import type { RefusalReason } from '@cpo-console/shared/message-log/log-row.ts';

/**
 * Who asks for a WebSocket where there is none, so that the log can say who was sent away: null for an address that is one.
 * The name is what stands last in the address, as most charge points put their identity there whatever comes before.
 */
export function strayUpgrade(url: string, ocppPath: string): { name: string; reason: RefusalReason } | null {
  const path = url.split('?', 1)[0] ?? '';
  const segments = path.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1) ?? '/';
  const isOurs = path.startsWith(`${ocppPath}/`) && path.slice(ocppPath.length + 1).replace(/\/$/, '') === last;
  try {
    const name = decodeURIComponent(last);
    return isOurs ? null : { name, reason: 'wrong-path' };
  } catch {
    return { name: last, reason: isOurs ? 'bad-identity' : 'wrong-path' };
  }
}
