import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { ProblemError } from '../api/errors.ts';
import type { Auth } from './auth.ts';
import type { Identity } from './identity.ts';
import { isPermission, type Permission, roleMay } from './permissions.ts';
import { credentialOf } from './request-credential.ts';
import { requestOrigin } from './same-origin.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes it; null on public routes. */
    identity: Identity | null;
  }
  interface FastifyContextConfig {
    /** What the role must have. `authenticated`: everybody who is signed in. */
    permission?: Permission | 'authenticated';
    /** Answers without authentication. */
    public?: true;
  }
}

const PROTECTED = '/api/v1';
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets nobody through to a route under /api/v1 whose role does not have what the route asks for. */
export const authPlugin = fp<{ auth: Auth }>(
  async (app: FastifyInstance, { auth }) => {
    await app.register(cookie);
    app.decorateRequest('identity', null);
    app.addHook('onRoute', insistOnPermission);
    app.addHook('onRequest', async (request, reply) => {
      const { config, url } = request.routeOptions;
      if (!isProtected(url ?? pathOf(request))) return;
      if (config.public === true) {
        refuseOtherSites(request);
        return;
      }
      const identity = await identify(request, reply, auth);
      if (identity === null) {
        reply.header('www-authenticate', 'Bearer');
        throw new ProblemError(401, 'Sign in first, or send a valid API token.');
      }
      request.identity = identity;
      if (identity.via === 'session') insistOnOurPage(request);
      // Without a route there is none to have: the answer is 404.
      if (!request.is404) authorize(identity, config.permission);
    });
  },
  { name: 'auth' },
);

async function identify(request: FastifyRequest, reply: FastifyReply, auth: Auth): Promise<Identity | null> {
  const credential = credentialOf(request);
  if (credential === null) return null;
  if (credential.kind === 'session') return auth.identify(credential);
  const { token } = credential;
  const waitMs = auth.tokenGuesses.waitFor(request.ip, token);
  if (waitMs > 0) {
    request.log.warn({ remoteAddress: request.ip }, 'too many wrong API tokens');
    reply.header('retry-after', Math.ceil(waitMs / 1_000));
    throw new ProblemError(429, 'Too many wrong API tokens came from your address.');
  }
  const identity = await auth.identify(credential);
  auth.tokenGuesses.note(request.ip, token, identity !== null);
  return identity;
}

/** For routes whose permission depends on the body, and for those that stay open. */
export function createAccess(auth: Auth) {
  return {
    may: (request: FastifyRequest, permission: string) =>
      request.identity !== null && roleMay(request.identity.role, permission),
    actor: (request: FastifyRequest) => request.identity?.name ?? '',
    async stillValid(request: FastifyRequest) {
      const credential = credentialOf(request);
      const identity = credential === null ? null : await auth.identify(credential);
      return identity !== null && identity.role === request.identity?.role;
    },
  };
}

function authorize({ role }: Identity, permission: string | undefined): void {
  if (permission === 'authenticated') return;
  if (permission === undefined || !roleMay(role, permission)) {
    throw new ProblemError(403, `Your role, ${role}, may not do this.`);
  }
}

/** A page elsewhere can make a browser send our cookie along, but not say that it is ours. */
function insistOnOurPage(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method) || requestOrigin(request.headers) === 'same') return;
  throw new ProblemError(403, 'With a session cookie, changes are taken from the pages of this console only.');
}

/** Signing in has no cookie yet; a page elsewhere must not sign somebody in as somebody else. */
function refuseOtherSites(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method) || requestOrigin(request.headers) !== 'other') return;
  throw new ProblemError(403, 'This is taken from the pages of this console only.');
}

/** Forgetting it must not open a route: the program does not start. */
function insistOnPermission({ method, url, config }: RouteOptions): void {
  if (!isProtected(url) || config?.public === true) return;
  const permission = config?.permission;
  if (permission === 'authenticated' || (permission !== undefined && isPermission(permission))) return;
  throw new Error(`${String(method)} ${url} must name a permission, or be public`);
}

function isProtected(path: string): boolean {
  return path === PROTECTED || path.startsWith(`${PROTECTED}/`);
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}
