import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

const TAGS = [
  { name: 'charge points', description: 'What may connect, and how it stands.' },
  { name: 'commands', description: 'CALLs to charge points.' },
  { name: 'messages', description: 'The message log.' },
  { name: 'live', description: 'Server-sent events.' },
  { name: 'sessions', description: 'Charging sessions (transactions) and their meter values.' },
  { name: 'id tokens', description: 'Who may charge.' },
  { name: 'health' },
];

/** Collects the schemas of the routes registered after it. */
export async function registerOpenApi(app: FastifyInstance, { version }: { version: string }): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
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
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, permission: 'things:read' };
  });
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { url: '/api/v1/openapi.json', deepLinking: true } });
}

export async function openApiRoutes(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { config: { permission: 'things:read' }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
}
