import type { IncomingHttpHeaders } from 'node:http';

export type RequestOrigin = 'same' | 'other' | 'untold';

/** Whether a page of ours sent this request. Browsers always tell with one that changes something; programs don't. */
export function requestOrigin(headers: IncomingHttpHeaders): RequestOrigin {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' ? 'same' : 'other';
  const { origin, host } = headers;
  if (origin === undefined) return 'untold';
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase() ? 'same' : 'other';
}
