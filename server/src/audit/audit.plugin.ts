import type { AuditEntry } from '@cpo-console/shared/api/audit.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { AuditTrail } from './audit-trail.ts';

const API = '/api/v1/';
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Members of a body that say what it is about. None of them is ever a secret. */
const TELLING = ['name', 'role', 'thingName', 'action', 'days', 'shared', 'expiresAt'];
const MAX_LENGTH = 500;

/**
 * Writes down every change that is asked for, whatever comes of it, and every file that is taken away. The answer goes
 * out once it is written. Register it before the routes, after what signs in.
 */
export const auditPlugin = fp<{ auditTrail: AuditTrail }>(
  async (app: FastifyInstance, { auditTrail }) => {
    /** Kept from the start: a socket that was closed meanwhile has none. */
    const addresses = new WeakMap<FastifyRequest, string>();
    app.addHook('onRequest', async (request) => {
      addresses.set(request, request.ip);
    });
    app.addHook('onSend', async (request, reply) => {
      if (!isWorthIt(request, reply)) return;
      try {
        await auditTrail.add({ ...entryOf(request, reply), address: addresses.get(request) ?? '' });
      } catch (err) {
        // What was asked for has been done by now; to deny it would be a lie.
        request.log.error({ err, path: pathOf(request) }, 'the audit trail could not be written');
      }
    });
  },
  { name: 'audit' },
);

function isWorthIt(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.is404 || !request.url.startsWith(API)) return false;
  if (request.identity === null) return isSignIn(request, reply);
  return !SAFE_METHODS.has(request.method) || (request.method === 'GET' && isFile(reply));
}

/** One that was tried: what costs its sender nothing must not fill the disk. */
const isSignIn = ({ method, body }: FastifyRequest, { statusCode }: FastifyReply): boolean =>
  method === 'POST' && textOf(body, 'name') !== null && [200, 401, 403].includes(statusCode);

const isFile = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-disposition')).startsWith('attachment');

function entryOf(
  request: FastifyRequest,
  { statusCode: status }: FastifyReply,
): Omit<AuditEntry, 'id' | 'at' | 'address'> {
  const { identity, method, routeOptions } = request;
  return {
    actor: cut(identity?.name ?? textOf(request.body, 'name') ?? ''),
    via: identity?.via ?? 'none',
    role: identity?.role ?? null,
    method,
    path: cut(pathOf(request)),
    what: routeOptions.schema?.summary ?? '',
    details: detailsOf(request),
    status,
  };
}

function detailsOf({ body, url, method }: FastifyRequest): Record<string, string> {
  const told = TELLING.flatMap((name) => {
    const text = textOf(body, name);
    return text === null ? [] : [[name, cut(text)] as const];
  });
  const search = url.split('?', 2)[1];
  if (method === 'GET' && search !== undefined) told.push(['filter', cut(search)]);
  return Object.fromEntries(told);
}

function textOf(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return null;
  const value = (body as Record<string, unknown>)[name];
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : null;
}

/** Without a half of a pair of surrogates, nor NUL, which PostgreSQL does not take. */
const cut = (text: string): string => text.slice(0, MAX_LENGTH).toWellFormed().replaceAll('\0', '');

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';
