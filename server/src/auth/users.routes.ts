import type * as Contracts from '@cpo-console/shared/api/sign-in.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { PROBLEMS } from '../api/common.schemas.ts';
import { conflict, notFound } from '../api/errors.ts';
import { isoTime } from '../api/time.ts';
import { InvitedUser, NewUser, PasswordLink, UserChanges, UserPage } from './auth.schemas.ts';
import type { Auth } from './auth.ts';
import type { User, UserChange, PasswordLink as UserLink } from './users.ts';

const tags = ['users'];
const config = { permission: 'users:write' } as const;
const params = Type.Object({ id: Type.String({ maxLength: 64 }) });

/** Who may sign in, and as what. */
export const usersRoutes: FastifyPluginAsyncTypebox<Pick<Auth, 'users'>> = async (app, { users }) => {
  app.get(
    '/users',
    { config, schema: { tags, summary: 'Users, by name', response: { 200: UserPage, ...PROBLEMS } } },
    async () => ({ items: (await users.list()).map(userView), nextCursor: null }),
  );

  app.post(
    '/users',
    {
      config,
      schema: {
        tags,
        summary: 'Add a user, with a one-time link to choose a password',
        body: NewUser,
        response: { 201: InvitedUser, ...PROBLEMS },
      },
    },
    async ({ body }, reply) => {
      const invited = await users.invite(body);
      if (invited === null) throw conflict(`There is a user ${body.name.trim()} already.`);
      return reply.code(201).send({ ...userView(invited.user), link: linkView(invited.link) });
    },
  );

  app.post(
    '/users/:id/links',
    {
      config,
      schema: {
        tags,
        summary: 'Make a new one-time link for a user to choose a password',
        description: 'The old password holds until the link is used, older links do not.',
        params,
        response: { 201: PasswordLink, ...PROBLEMS },
      },
    },
    async ({ params: { id } }, reply) => {
      const link = await users.newLink(id);
      if (link === null) throw notFound('such user');
      return reply.code(201).send(linkView(link));
    },
  );

  app.patch(
    '/users/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Give a user another role; it holds at once, also where they are signed in',
        params,
        body: UserChanges,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params: { id }, body }, reply) => {
      insistOnDone(await users.setRole(id, body.role));
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/users/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Remove a user, who is signed out everywhere',
        description: 'API tokens that they made go on.',
        params,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params: { id } }, reply) => {
      insistOnDone(await users.remove(id));
      return reply.code(204).send(null);
    },
  );
};

function insistOnDone(change: UserChange): void {
  if (change === 'unknown') throw notFound('such user');
  if (change === 'last-administrator') {
    throw conflict('This is the last administrator who can sign in. Make somebody else one first.');
  }
}

const timeOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at));

const userView = ({ createdAt, signedInAt, linkExpiresAt, ...same }: User): Contracts.User => ({
  ...same,
  createdAt: isoTime(createdAt),
  signedInAt: timeOrNull(signedInAt),
  linkExpiresAt: timeOrNull(linkExpiresAt),
});

const linkView = ({ token, expiresAt }: UserLink): Contracts.PasswordLink => ({ token, expiresAt: isoTime(expiresAt) });
