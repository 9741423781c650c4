import type { Annotation } from '@cpo-console/shared/api/annotations.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { StoredAnnotation } from '../../charge-points/annotations/annotations.ts';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS, pageOf, Time, TimeParameter } from '../common.schemas.ts';
import { conflict, notFound, ProblemError } from '../errors.ts';
import { ImportParameter } from '../messages/messages.schemas.ts';
import { isoTime, parseTime } from '../time.ts';

const ThingName = Type.String({ minLength: 1, maxLength: 128 });
const AnnotationView = Type.Object({
  id: Type.String(),
  thingName: Type.String(),
  importId: nullable(Type.String()),
  at: Time,
  messageId: nullable(Type.String()),
  text: Type.String(),
  createdAt: Time,
  createdBy: Type.String(),
  editedAt: nullable(Time),
  editable: Type.Boolean({ description: 'Whether you may change its text.' }),
  removable: Type.Boolean({ description: 'Whether you may remove it.' }),
});
const Text = Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' });
const NewAnnotation = Type.Object(
  {
    thingName: ThingName,
    importId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    at: TimeParameter,
    messageId: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
    text: Text,
  },
  { additionalProperties: false },
);
const Query = Type.Object(
  { thingName: ThingName, import: ImportParameter, from: TimeParameter, to: TimeParameter },
  { additionalProperties: false },
);
const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const tags = ['messages'];

type Deps = Pick<ApiDeps, 'annotations' | 'access' | 'imports' | 'registry'>;

/** What people wrote about moments of a log: for whoever looks at them later, or is given the link. */
export const annotationsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { annotations, access, imports, registry } = deps;
  const isAuthor = (request: FastifyRequest, { createdBy }: StoredAnnotation): boolean =>
    createdBy === access.actor(request);
  const mayRemove = (request: FastifyRequest, stored: StoredAnnotation): boolean =>
    isAuthor(request, stored) || access.may(request, 'annotations:delete');
  const view = (request: FastifyRequest, stored: StoredAnnotation): Annotation => ({
    ...stored,
    at: isoTime(stored.at),
    messageId: stored.messageId === null ? null : String(stored.messageId),
    createdAt: isoTime(stored.createdAt),
    editedAt: stored.editedAt === null ? null : isoTime(stored.editedAt),
    editable: isAuthor(request, stored),
    removable: mayRemove(request, stored),
  });

  app.get(
    '/annotations',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'What was written about moments of a charge point’s log',
        querystring: Query,
        response: { 200: pageOf(AnnotationView), ...PROBLEMS },
      },
    },
    async (request) => {
      const { thingName, import: importId = null } = request.query;
      const range = { from: parseTime(request.query.from, 'from'), to: parseTime(request.query.to, 'to') };
      const found = await annotations.list({ thingName, importId, ...range });
      return { items: found.map((each) => view(request, each)), nextCursor: null };
    },
  );

  app.post(
    '/annotations',
    {
      config: { permission: 'annotations:write' },
      schema: {
        tags,
        summary: 'Write something about a moment of a charge point’s log',
        body: NewAnnotation,
        response: { 201: AnnotationView, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { thingName, importId = null, at, messageId, text } = request.body;
      if (importId !== null && imports.get(importId) === null) throw notFound(`imported log ${importId}`);
      if (importId === null && registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      const added = await annotations.add({
        thingName,
        importId,
        at: parseTime(at, 'at'),
        messageId: messageId === undefined ? null : Number(messageId),
        text: text.trim(),
        createdBy: access.actor(request),
      });
      if (added === null) throw conflict('There are as many notes in this log as there may be: remove some.');
      return reply.code(201).send(view(request, added));
    },
  );

  app.patch(
    '/annotations/:id',
    {
      config: { permission: 'annotations:write' },
      schema: {
        tags,
        summary: 'Change what was written: its author',
        params: Params,
        body: Type.Object({ text: Text }, { additionalProperties: false }),
        response: { 200: AnnotationView, ...PROBLEMS },
      },
    },
    async (request) => {
      const { id } = request.params;
      const stored = await annotations.get(id);
      if (stored === null) throw notFound(`note ${id}`);
      if (!isAuthor(request, stored)) throw new ProblemError(403, 'Only its author can change it.');
      const changed = await annotations.rewrite(id, request.body.text.trim());
      if (changed === null) throw notFound(`note ${id}`);
      return view(request, changed);
    },
  );

  app.delete(
    '/annotations/:id',
    {
      config: { permission: 'annotations:write' },
      schema: {
        tags,
        summary: 'Remove what was written: its author, or an administrator',
        params: Params,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const stored = await annotations.get(request.params.id);
      if (stored === null) throw notFound(`note ${request.params.id}`);
      if (!mayRemove(request, stored))
        throw new ProblemError(403, 'Only its author or an administrator can remove it.');
      await annotations.remove(stored.id);
      return reply.code(204).send(null);
    },
  );
};
