import type { Config } from '../config/config.ts';

/** Fastify's own logger: one JSON line each on standard output, without what signs people and charge points in. */
export function loggerOptions(config: Pick<Config, 'logLevel'>) {
  return {
    level: config.logLevel,
    redact: {
      paths: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]', '*.password', '*.token'],
      censor: '•••',
    },
    serializers: {
      // Without the query: links of one use carry their token there.
      req: (request: { method: string; url: string; ip?: string }) => ({
        method: request.method,
        path: request.url.split('?', 1)[0],
        remoteAddress: request.ip ?? '',
      }),
    },
  };
}
