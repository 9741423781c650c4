import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, Time } from '../common.schemas.ts';
import { notFound } from '../errors.ts';

const Reason = Type.Enum([
  'not-registered',
  'bad-credentials',
  'credentials-missing',
  'unauthenticated-not-allowed',
  'bad-identity',
  'no-common-subprotocol',
  'too-many-attempts',
  'identity-conflict',
  'lower-security-profile',
  'wrong-path',
  'registry-unavailable',
  'shutting-down',
  'certificate-missing',
  'certificate-of-another',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-revoked',
  'certificate-untrusted',
  'certificate-organization',
  'tls-not-spoken',
  'tls-version',
  'tls-suites',
  'tls-distrusted',
  'tls-timeout',
  'tls-failed',
]);
const DoorEntry = Type.Object({
  thingName: Type.String(),
  reason: Reason,
  remoteAddress: Type.String(),
  offeredProtocols: Type.Array(Type.String()),
  tries: Type.Integer(),
  firstAt: Time,
  lastAt: Time,
});
const tags = ['charge points'];

export const doorRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'door'>> = async (app, { door }) => {
  app.get(
    '/door',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'Charge points that were refused and have not got in since, newest first',
        response: { 200: Type.Object({ items: Type.Array(DoorEntry), nextCursor: Type.Null() }), ...PROBLEMS },
      },
    },
    async () => ({ items: door.list(), nextCursor: null }),
  );

  app.delete(
    '/door/:thingName',
    {
      config: { permission: 'things:register' },
      schema: {
        tags,
        summary: 'Hide a refused charge point for a day, however often it tries',
        // Refused ones may have used any name.
        params: Type.Object({ thingName: Type.String({ maxLength: 1000 }) }),
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      if (!(await door.dismiss(params.thingName))) throw notFound(`refused charge point ${params.thingName}`);
      return reply.code(204).send(null);
    },
  );
};
