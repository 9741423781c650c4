import type { FastifyReply, FastifyRequest } from 'fastify';

/** `format` decides; without it, a caller that names CSV before JSON gets it. */
export function wantsCsv(request: Pick<FastifyRequest, 'headers'>, format: 'json' | 'csv' | undefined): boolean {
  if (format !== undefined) return format === 'csv';
  const accept = request.headers.accept ?? '';
  const csv = accept.indexOf('text/csv');
  const json = accept.indexOf('application/json');
  return csv !== -1 && (json === -1 || csv < json);
}

export const asCsvFile = (reply: FastifyReply, fileName: string): FastifyReply =>
  reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('x-content-type-options', 'nosniff');
