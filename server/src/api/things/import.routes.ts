import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { NewThing } from '../../registry/registry.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { badRequest } from '../errors.ts';
import { chargePointUrls } from './charge-point-urls.ts';
import { importThings, parseImport } from './import-things.ts';
import { ImportResult } from './things.schemas.ts';

const MAX_BYTES = 4 << 20;
const CSV_TYPES = ['text/csv', 'text/plain', 'application/vnd.ms-excel'];

export const importRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'registry' | 'config'>> = async (
  app,
  { registry, config },
) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(CSV_TYPES, { parseAs: 'string', bodyLimit: MAX_BYTES }, (_request, body, done) =>
    done(null, body),
  );

  app.post(
    '/things/import',
    {
      config: { permission: 'things:register' },
      bodyLimit: MAX_BYTES,
      schema: {
        tags: ['charge points'],
        summary: 'Register many charge points from CSV',
        description:
          'Content-Type text/csv. The first line names the columns: thingName, auth (none, basic), tags (separated by ;); ' +
          'others become attributes. Rows with a fault are left out and told. Passwords are shown this once.',
        consumes: ['text/csv'],
        querystring: Type.Object(
          { preview: Type.Optional(Type.Boolean({ description: 'Only check.', default: false })) },
          { additionalProperties: false },
        ),
        body: Type.String(),
        response: { 200: ImportResult, ...PROBLEMS },
      },
    },
    async (request) => {
      const preview = request.query.preview ?? false;
      const parsed = parseImport(request.body);
      if ('fault' in parsed) throw badRequest(parsed.fault);
      const urlsOf = (thing: Pick<NewThing, 'thingName' | 'authType'>) => chargePointUrls(request, config, thing);
      const rows = await importThings(parsed, { registry, preview, urlsOf });
      const good = rows.filter((row) => row.ok).length;
      return { preview, created: preview ? 0 : good, failed: rows.length - good, rows };
    },
  );
};
