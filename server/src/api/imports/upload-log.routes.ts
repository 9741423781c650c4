import type { IncomingMessage } from 'node:http';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { readLog } from '../../message-log/formats/read-log.ts';
import { createRowBuilder } from '../../message-log/formats/row-builder.ts';
import { unpack } from '../../message-log/formats/unpack.ts';
import type { AddedImport } from '../../message-log/imports/imports.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { badRequest, conflict, ProblemError } from '../errors.ts';
import { stopReading, takeRawBodies } from '../long-body.ts';
import { messageView } from '../messages/message-view.ts';
import { Imported, ImportPreview, importView } from './imports.schemas.ts';

const PREVIEW_BYTES = 1 << 20;
const PREVIEW_ROWS = 20;
const PREVIEW_PROBLEMS = 50;

const Query = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'As the log will be listed: a file name.' }),
    thingName: Type.String({
      minLength: 1,
      maxLength: 128,
      default: 'imported',
      description: 'For lines that name no charge point.',
    }),
    protocol: Type.Optional(Type.Enum([...OCPP_VERSIONS], { description: 'For logs that do not say.' })),
    preview: Type.Boolean({ default: false, description: 'Only look at the beginning; nothing is kept.' }),
  },
  { additionalProperties: false },
);

/** The body is the log itself: JSON Lines, CSV, Open OCPP Trace or text, also gzipped. */
export const uploadLogRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'imports' | 'access'>> = async (
  app,
  { imports, access },
) => {
  takeRawBodies(app);
  app.post(
    '/messages/import',
    {
      config: { permission: 'messages:import', longBody: true },
      schema: {
        tags: ['messages'],
        summary: 'Import a log that was taken elsewhere',
        description:
          'The body is the file: what this product exports, Open OCPP Trace, or the text log of a tool with lines such as ' +
          '`2026-05-04 10:00:00,123 CP_1: send [2,"…"]`; UTF-8, UTF-16, Shift JIS or Latin-1, also gzipped. It is kept apart from the live log. ' +
          'The answer comes when the file is here; GET /imports/{id} tells how far the reading is.',
        consumes: ['application/octet-stream'],
        querystring: Query,
        response: { 200: ImportPreview, 202: Imported, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { preview, name, thingName, protocol = null } = request.query;
      const content = untilHangUp(request.raw);
      if (preview) {
        const answer = await lookAt(content, { thingName, protocol });
        stopReading(request, reply);
        return reply.code(200).send(answer);
      }
      const added = await imports.add({
        name,
        content,
        thingName,
        protocol,
        by: access.actor(request),
      });
      if (added.kind === 'added') return reply.code(202).send(importView(added.imported));
      stopReading(request, reply);
      throw refusal(added);
    },
  );
};

/** Who stops an upload has made no fault of ours. */
async function* untilHangUp(raw: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* raw as AsyncIterable<Buffer>;
  } catch (error) {
    throw raw.complete ? error : badRequest('The sender broke off: nothing of the file is kept.');
  }
}

function refusal(added: Exclude<AddedImport, { kind: 'added' }>): ProblemError {
  switch (added.kind) {
    case 'empty':
      return badRequest('The file is empty.');
    case 'no-room':
      return new ProblemError(
        413,
        `There is room for ${Math.max(0, Math.floor(added.maxBytes / 2 ** 20))} MiB more of imported logs. Remove some that are not needed any more, or raise IMPORT_QUOTA_MEGABYTES.`,
      );
    case 'too-many':
      return conflict(
        `There are ${added.maxCount} imported logs, the most there may be. Remove one that is not needed any more, or raise MAX_IMPORTS.`,
      );
  }
}

/** What the beginning of the file would become. */
async function lookAt(
  content: AsyncIterable<Buffer>,
  { thingName, protocol }: { thingName: string; protocol: OcppVersion | null },
): Promise<Static<typeof ImportPreview>> {
  const toRow = createRowBuilder({ validator: await createValidator(), thingName, protocol });
  const found: Static<typeof ImportPreview> = {
    lines: 0,
    rows: 0,
    things: [],
    first: [],
    problems: [],
    problemCount: 0,
  };
  const things = new Set<string>();
  for await (const outcome of readLog(beginning(content))) {
    found.lines = outcome.lineNumber;
    if (outcome.kind === 'bad') {
      found.problemCount += 1;
      if (found.problems.length < PREVIEW_PROBLEMS)
        found.problems.push({ line: outcome.lineNumber, problem: outcome.problem });
    }
    if (outcome.kind !== 'line') continue;
    const row = toRow(outcome.line, outcome.verb ?? null);
    found.rows += 1;
    things.add(row.thingName);
    if (found.first.length < PREVIEW_ROWS) found.first.push(messageView({ id: found.rows, ...row }));
  }
  found.things = [...things].slice(0, 100);
  return found;
}

async function* beginning(content: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of unpack(content)) {
    bytes += chunk.length;
    if (bytes > PREVIEW_BYTES) {
      // Only whole lines: the last one is cut.
      const end = chunk.lastIndexOf(0x0a);
      if (end >= 0) yield chunk.subarray(0, end + 1);
      return;
    }
    yield chunk;
  }
}
