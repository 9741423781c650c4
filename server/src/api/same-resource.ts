import type { FastifyRequest } from 'fastify';
import { badRequest } from './errors.ts';

/** A hook: a body that names its resource, as GET told it, names the one of the address. Case tells no tokens apart. */
export async function insistOnSameResource({ params, body }: FastifyRequest): Promise<void> {
  if (typeof body !== 'object' || body === null) return;
  for (const [name, value] of Object.entries(params as Record<string, string>)) {
    if (!Object.hasOwn(body, name)) continue;
    const named = String((body as Record<string, unknown>)[name]);
    if (named.toLowerCase() === value.toLowerCase()) continue;
    throw badRequest(`The body is not of ${value}.`, [{ path: `/${name}`, message: `must be ${value}, or left out` }]);
  }
}
