import { STATUS_CODES } from 'node:http';
import swagger, { type SwaggerTransform } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { PROBLEMS } from './common.schemas.ts';
import { registerErrorHandler } from './errors.ts';

const TAGS = [
  { name: 'sign-in', description: 'Sessions of people, and the first administrator.' },
  { name: 'users', description: 'Who may sign in, and as what.' },
  { name: 'api-tokens', description: 'How programs sign in.' },
  { name: 'charge points', description: 'What may connect, and how it stands.' },
  { name: 'configuration', description: 'Variables and configuration keys: as reported, and as they shall be.' },
  { name: 'smart charging', description: 'How much may be drawn, and when.' },
  { name: 'local lists', description: 'Who may charge while a charge point is offline.' },
  { name: 'commands', description: 'CALLs to charge points.' },
  { name: 'messages', description: 'The message log.' },
  { name: 'live', description: 'Server-sent events.' },
  { name: 'sessions', description: 'Charging sessions (transactions) and their meter values.' },
  { name: 'id tokens', description: 'Who may charge.' },
  { name: 'reservations', description: 'Who will charge.' },
  { name: 'firmware and logs', description: 'What runs on charge points, and what they wrote about it.' },
  { name: 'tolerance', description: 'What charge points get wrong, and what is done about it.' },
  { name: 'retention', description: 'For how long what is kept, and what longer than that.' },
  { name: 'audit', description: 'Who did what, when and from where.' },
  { name: 'health', description: 'How this program is.' },
];

/** Collects the schemas of the routes registered after it. */
export async function registerOpenApi(app: FastifyInstance, { version }: { version: string }): Promise<void> {
  await app.register(swagger, {
    transform: describe,
    transformObject: (documents) =>
      'openapiObject' in documents
        ? (finish(documents.openapiObject as Document) as typeof documents.openapiObject)
        : documents.swaggerObject,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'CPO Console',
        version,
        description: 'Errors are RFC 9457 problem details. Times are RFC 3339 UTC.',
      },
      tags: TAGS,
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
          session: { type: 'apiKey', in: 'cookie', name: 'session' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
  });
}

/** A reader for the document, at /docs. Its files are its own, without inline script or style. */
export async function docsRoutes(app: FastifyInstance): Promise<void> {
  registerErrorHandler(app);
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // Without the bar that offers to read other documents.
    uiConfig: { deepLinking: true, layout: 'BaseLayout' },
    theme: { title: 'CPO Console API' },
    uiHooks: { onRequest: sendToDocument },
  });
}

/**
 * The reader is as public as the console's own files; the document is for those who are signed in. The reader asks for
 * a copy beside it, whatever address it is given: it is sent to the one that there is.
 */
async function sendToDocument(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (/\/(json|yaml)$/.test(request.routeOptions.url ?? '')) await reply.redirect('/api/v1/openapi.json');
}

export async function openApiRoutes(app: FastifyInstance): Promise<void> {
  app.get(
    '/openapi.json',
    {
      config: { permission: 'things:read' },
      schema: {
        tags: ['health'],
        summary: 'This document',
        response: { 200: Type.Object({}, { additionalProperties: true }), ...PROBLEMS },
      },
    },
    async () => app.swagger(),
  );
}

/** What follows from the route itself: a name for programs, and who may ask. */
const describe: SwaggerTransform = ({ schema, url, route }) => {
  const { permission, public: isPublic } = route.config ?? {};
  const needs = permission === undefined || permission === 'authenticated' ? null : `Needs \`${permission}\`.`;
  const description = [schema?.description, needs].filter((text) => typeof text === 'string').join(' ');
  return {
    url,
    schema: {
      ...schema,
      operationId: operationId(String(route.method), url),
      ...(description === '' ? {} : { description }),
      ...(isPublic ? { security: [] } : {}),
    },
  };
};

/** `GET /api/v1/things/:thingName/shadow` → `getThingsThingNameShadow` */
function operationId(method: string, url: string): string {
  const words = url.replace('/api/v1', '').match(/[A-Za-z]+/g) ?? [];
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The part of an OpenAPI document that is changed here. */
interface Document {
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  parameters?: { in: string; required?: boolean; schema?: { default?: unknown } }[];
  responses?: Record<string, { description: string; content?: Record<string, unknown> }>;
}

/** Says what the generator can't see: a parameter with a default may be left out, and errors are problem details. */
function finish(document: Document): Document {
  const copy = structuredClone(document);
  for (const { parameters = [], responses = {} } of Object.values(copy.paths).flatMap((path) => Object.values(path))) {
    for (const parameter of parameters) {
      if (parameter.in === 'query' && parameter.schema?.default !== undefined) parameter.required = false;
    }
    for (const [status, response] of Object.entries(responses)) {
      if (response.description === 'Default Response') response.description = STATUS_CODES[status] ?? '';
      const [problem] = Object.values(response.content ?? {});
      if (/^[45]XX$/i.test(status)) response.content = { 'application/problem+json': problem };
    }
  }
  return copy;
}
