import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound, registerErrorHandler } from './errors.ts';

const TAGS = [
  { name: 'charge points', description: 'What may connect, and how it stands.' },
  { name: 'commands', description: 'CALLs to charge points.' },
  { name: 'messages', description: 'The message log.' },
  { name: 'live', description: 'Server-sent events.' },
  { name: 'sessions', description: 'Charging sessions (transactions) and their meter values.' },
  { name: 'firmware and logs', description: 'Firmware updates, log uploads and their files.' },
  { name: 'id tokens', description: 'Who may charge.' },
  { name: 'health' },
];

/** Collects the schemas of the routes registered after it. */
export async function registerOpenApi(app: FastifyInstance, { version }: { version: string }): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
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
    uiConfig: { url: '/api/v1/openapi.json', deepLinking: true },
    uiHooks: { onRequest: hideItsCopies },
  });
}

/** The reader is as public as the console's own files; the document is for those who are signed in. */
async function hideItsCopies(request: FastifyRequest): Promise<void> {
  if (/\/(json|yaml)$/.test(request.routeOptions.url ?? ''))
    throw notFound('copy of the document here: see /api/v1/openapi.json');
}

export async function openApiRoutes(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { config: { permission: 'things:read' }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
}

/** The part of an OpenAPI document that is changed here. */
interface Document {
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  parameters?: { in: string; required?: boolean; schema?: { default?: unknown } }[];
  responses?: Record<string, { content?: Record<string, unknown> }>;
}

/** Says what the generator can't see: a parameter with a default may be left out, and errors are problem details. */
function finish(document: Document): Document {
  const copy = structuredClone(document);
  for (const { parameters = [], responses = {} } of Object.values(copy.paths).flatMap((path) => Object.values(path))) {
    for (const parameter of parameters) {
      if (parameter.in === 'query' && parameter.schema?.default !== undefined) parameter.required = false;
    }
    for (const [status, response] of Object.entries(responses)) {
      const json = response.content?.['application/json'];
      if (/^[45]XX$/i.test(status) && json !== undefined) response.content = { 'application/problem+json': json };
    }
  }
  return copy;
}
