import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { badRequest } from '../errors.ts';
import { IdTokenImport } from './id-tokens.schemas.ts';
import { outcomesOf, readIdTokens } from './id-tokens-csv.ts';

const MAX_BYTES = 4 << 20;
const CSV_TYPES = ['text/csv', 'text/plain', 'application/vnd.ms-excel'];
const MAX_TOLD = 100;

type Deps = Pick<ApiDeps, 'idTokens' | 'unknownTokens'>;

export const importIdTokensRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { idTokens, unknownTokens }) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(CSV_TYPES, { parseAs: 'string', bodyLimit: MAX_BYTES }, (_request, body, done) =>
    done(null, body),
  );

  app.post(
    '/id-tokens/import',
    {
      config: { permission: 'id-tokens:write' },
      bodyLimit: MAX_BYTES,
      schema: {
        tags: ['id tokens'],
        summary: 'Add or replace many id tokens from CSV',
        description:
          'Content-Type text/csv. The first line names the columns: idToken, and any of type, status, expiresAt, ' +
          'groupIdToken, concurrentLimit (a number or `any`), language, note. All rows or none: one bad row is 400 and ' +
          'changes nothing. `preview` only tells what would become of each row.',
        consumes: ['text/csv'],
        querystring: Type.Object(
          { preview: Type.Optional(Type.Boolean({ description: 'Only check.', default: false })) },
          { additionalProperties: false },
        ),
        body: Type.String(),
        response: { 200: IdTokenImport, ...PROBLEMS },
      },
    },
    async (request) => {
      const preview = request.query.preview ?? false;
      const read = readIdTokens(request.body);
      if ('fault' in read) throw badRequest(read.fault);
      const rows = outcomesOf(read.rows, idTokens);
      const refused = rows.filter(({ outcome }) => outcome === 'refused');
      if (preview) return { preview, imported: 0, refused: refused.length, rows };
      if (refused.length > 0) {
        throw badRequest(
          `${refused.length} of ${rows.length} rows cannot be imported. Nothing was changed.`,
          refused.slice(0, MAX_TOLD).map(({ line, message = '' }) => ({ path: `/line/${line}`, message })),
        );
      }
      const tokens = read.rows.flatMap(({ token }) => (typeof token === 'string' ? [] : [token]));
      await idTokens.putAll(tokens);
      for (const { idToken } of tokens) await unknownTokens.remove(idToken);
      return { preview, imported: tokens.length, refused: 0, rows };
    },
  );
};
