import type * as Contracts from '@cpo-console/shared/api/sign-in.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { PROBLEMS } from '../api/common.schemas.ts';
import { badRequest, ProblemError, registerErrorHandler } from '../api/errors.ts';
import { validatorCompiler } from '../api/validate.ts';
import { apiTokensRoutes } from './api-tokens.routes.ts';
import { ChangedPassword, ChosenPassword, NewAdministrator, Session, SetupState, SignInBody } from './auth.schemas.ts';
import type { Auth, SignIn } from './auth.ts';
import type { Identity } from './identity.ts';
import { openSessionsRoutes } from './open-sessions.routes.ts';
import { TooBusyError } from './password-hash.ts';
import { permissionsOf } from './permissions.ts';
import { SESSION_COOKIE, sessionTokenOf } from './request-credential.ts';
import { SESSION_MS } from './sessions.ts';
import { usersRoutes } from './users.routes.ts';

const tags = ['sign-in'];

/** Signing in and out. Register it under /api/v1, after the guard. */
export const authRoutes: FastifyPluginAsyncTypebox<{ auth: Auth }> = async (app, { auth }) => {
  registerErrorHandler(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(setupRoutes, { auth });
  await app.register(sessionRoutes, { auth });
  await app.register(passwordRoutes, { auth });
  await app.register(openSessionsRoutes, auth);
  await app.register(usersRoutes, auth);
  await app.register(apiTokensRoutes, { apiTokens: auth.apiTokens });
};

const setupRoutes: FastifyPluginAsyncTypebox<{ auth: Auth }> = async (app, { auth }) => {
  app.get(
    '/setup',
    {
      config: { public: true },
      schema: {
        tags,
        summary: 'Whether the first administrator is still to be created',
        response: { 200: SetupState, ...PROBLEMS },
      },
    },
    async () => ({ needed: auth.setupNeeded() }),
  );

  app.post(
    '/setup',
    {
      config: { public: true },
      schema: {
        tags,
        summary: 'Create the first administrator with the one-time link, and sign in',
        body: NewAdministrator,
        response: { 200: Session, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const outcome = await unlessBusy(auth.setup({ ...request.body, address: request.ip }));
      const problem = 'The link has been used, or is too old. A new one is printed when the server starts.';
      return signedIn({ request, reply, outcome }, new ProblemError(403, problem));
    },
  );
};

const sessionRoutes: FastifyPluginAsyncTypebox<{ auth: Auth }> = async (app, { auth }) => {
  app.post(
    '/session',
    {
      config: { public: true },
      schema: { tags, summary: 'Sign in', body: SignInBody, response: { 200: Session, ...PROBLEMS } },
    },
    async (request, reply) => {
      const outcome = await unlessBusy(auth.signIn({ ...request.body, address: request.ip }));
      return signedIn({ request, reply, outcome }, new ProblemError(401, 'The name or the password is wrong.'));
    },
  );

  app.get(
    '/session',
    {
      config: { permission: 'authenticated' },
      schema: { tags, summary: 'Who is signed in', response: { 200: Session, ...PROBLEMS } },
    },
    async ({ identity }) => sessionView(known(identity)),
  );

  app.delete(
    '/session',
    {
      config: { permission: 'authenticated' },
      schema: { tags, summary: 'Sign out', response: { 204: Type.Null(), ...PROBLEMS } },
    },
    async (request, reply) => {
      const token = sessionTokenOf(request);
      if (token !== null) await auth.signOut(token);
      return reply.clearCookie(SESSION_COOKIE, cookieOptions(request)).code(204).send(null);
    },
  );
};

const passwordRoutes: FastifyPluginAsyncTypebox<{ auth: Auth }> = async (app, { auth }) => {
  app.post(
    '/password',
    {
      config: { public: true },
      schema: {
        tags,
        summary: 'Choose a password with a one-time link, and sign in',
        body: ChosenPassword,
        response: { 200: Session, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const outcome = await unlessBusy(auth.choosePassword({ ...request.body, address: request.ip }));
      const problem = 'The link has been used, or is too old. An administrator can make a new one.';
      return signedIn({ request, reply, outcome }, new ProblemError(403, problem));
    },
  );

  app.put(
    '/password',
    {
      config: { permission: 'authenticated' },
      schema: {
        tags,
        summary: 'Change your own password; you are signed out everywhere else',
        body: ChangedPassword,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const identity = known(request.identity);
      const sessionToken = identity.via === 'session' ? sessionTokenOf(request) : null;
      if (sessionToken === null) throw new ProblemError(403, 'An API token has no password.');
      const change = { ...request.body, identity, sessionToken, address: request.ip };
      const outcome = await unlessBusy(auth.changePassword(change));
      if (outcome.kind === 'too-many') throw tooMany(reply, outcome.retryAfterSeconds);
      if (outcome.kind === 'refused') {
        throw badRequest('Your current password is another one.', [{ path: '/current', message: 'is wrong' }]);
      }
      return reply.code(204).send(null);
    },
  );
};

interface Answering {
  request: FastifyRequest;
  reply: FastifyReply;
  outcome: SignIn;
}

function signedIn({ request, reply, outcome }: Answering, refusal: ProblemError): Contracts.Session {
  switch (outcome.kind) {
    case 'signed-in':
      // For the audit trail.
      request.identity = outcome.identity;
      reply.setCookie(SESSION_COOKIE, outcome.token, { ...cookieOptions(request), maxAge: SESSION_MS / 1_000 });
      return sessionView(outcome.identity);
    case 'too-many':
      throw tooMany(reply, outcome.retryAfterSeconds);
    case 'refused':
      throw refusal;
  }
}

function tooMany(reply: FastifyReply, retryAfterSeconds: number): ProblemError {
  reply.header('retry-after', retryAfterSeconds);
  return new ProblemError(429, `Too many attempts. Try again in ${retryAfterSeconds} s.`);
}

async function unlessBusy<Outcome>(
  outcome: Promise<Outcome>,
): Promise<Outcome | Extract<SignIn, { kind: 'too-many' }>> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof TooBusyError) return { kind: 'too-many', retryAfterSeconds: 5 };
    throw error;
  }
}

function cookieOptions({ protocol }: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: protocol === 'https' } as const;
}

function sessionView({ id, name, role }: Identity): Contracts.Session {
  return { user: { id, name, role }, permissions: permissionsOf(role) };
}

function known(identity: Identity | null): Identity {
  if (identity === null) throw new Error('A route that needs authentication was reached without');
  return identity;
}
