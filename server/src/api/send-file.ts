import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface SentFile {
  fileName: string;
  bytes: number;
  sha256: string;
  read(range?: { start: number; end: number }): Readable;
}

/** Both ends included. */
export type SentRange = { start: number; end: number };

/** What of a file is asked for: all, one range, or something that it does not have. */
export function wantedRange(
  request: Pick<FastifyRequest, 'headers'>,
  { bytes, sha256 }: Pick<SentFile, 'bytes' | 'sha256'>,
): SentRange | 'all' | 'none' {
  const { range, 'if-range': ifRange } = request.headers;
  // Several ranges at once, or of another version of the file: all of it is a good answer too.
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '');
  if (match === null || (ifRange !== undefined && ifRange !== etagOf(sha256))) return 'all';
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return 'all';
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return start > end ? 'none' : { start, end };
}

/** As a download, never as a page. @see RFC 9110 §14 */
export function sendFile(reply: FastifyReply, file: SentFile, range: SentRange | 'all' | 'none'): FastifyReply {
  const { fileName, bytes, sha256 } = file;
  reply.headers({
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename="${fileName}"`,
    'content-type': 'application/octet-stream',
    etag: etagOf(sha256),
    'x-content-type-options': 'nosniff',
  });
  if (range === 'none') return reply.code(416).header('content-range', `bytes */${bytes}`).send('');
  if (range === 'all') return reply.header('content-length', bytes).send(file.read());
  const { start, end } = range;
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${bytes}`)
    .header('content-length', end - start + 1)
    .send(file.read(range));
}

const etagOf = (sha256: string): string => `"${sha256}"`;
