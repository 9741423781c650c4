import type { FastifyRequest } from 'fastify';
import type { Credential } from './identity.ts';

export const SESSION_COOKIE = 'session';

export function sessionTokenOf(request: FastifyRequest): string | null {
  return request.cookies[SESSION_COOKIE] ?? null;
}

/** One with a header does not fall back to the cookie: a revoked token is refused. */
export function credentialOf(request: FastifyRequest): Credential | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    return token === undefined ? null : { kind: 'bearer', token };
  }
  const token = sessionTokenOf(request);
  return token === null ? null : { kind: 'session', token };
}
