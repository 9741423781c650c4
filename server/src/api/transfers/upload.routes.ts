import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AddedLog } from '../../charge-points/transfers/log-files.ts';
import type { TransferLink } from '../../charge-points/transfers/transfer-links.ts';
import type { ApiDeps } from '../api-deps.ts';
import { badRequest, notFound, ProblemError } from '../errors.ts';
import { stopReading, takeRawBodies } from '../long-body.ts';
import { uploadedFile } from './upload-body.ts';

type Deps = Pick<ApiDeps, 'logFiles' | 'transferLinks' | 'jobs'>;
type Upload = FastifyRequest<{ Params: { token: string; '*'?: string } }>;

/** For charge points, which can't sign in: a link takes one file, raw or as a form. Anybody else's is cut at its limit. */
export async function uploadRoutes(app: FastifyInstance, { logFiles, transferLinks, jobs }: Deps): Promise<void> {
  takeRawBodies(app);
  /** Links at which a file comes just now. */
  const busy = new Set<string>();

  const upload = async (request: Upload, reply: FastifyReply): Promise<FastifyReply> => {
    const link = await transferLinks.find(request.params.token);
    const refuse = (problem: ProblemError): never => {
      stopReading(request, reply);
      throw problem;
    };
    if (link === 'unknown') return refuse(notFound('upload at this address'));
    if (link === 'spent' || link.firmwareFileId !== null)
      return refuse(new ProblemError(410, 'This link has been used, or is too old.'));
    if (busy.has(link.digest)) return refuse(new ProblemError(409, 'A file is on its way at this link.'));
    busy.add(link.digest);
    try {
      const outcome = await take(request, link);
      if (outcome.kind === 'stored') return await reply.code(201).send({ bytes: outcome.file.bytes });
      return refuse(problemOf(outcome));
    } finally {
      busy.delete(link.digest);
    }
  };

  async function take(request: Upload, link: TransferLink): Promise<AddedLog | { kind: 'no-file' }> {
    const { thingName, jobId } = link;
    const part = await uploadedFile(request.raw);
    if (part === null) return { kind: 'no-file' };
    const fileName = part.fileName || request.params['*'] || `${thingName}.log`;
    const added = await logFiles.add(part.content, { thingName, jobId, fileName });
    if (added.kind === 'stored') await transferLinks.spend(link, 1);
    if (jobId !== null) await jobs.note(jobId, ...noteOf(added));
    return added;
  }

  const options = { config: { public: true as const, longBody: true as const }, schema: { hide: true } };
  for (const method of ['PUT', 'POST'] as const) {
    for (const url of ['/uploads/:token', '/uploads/:token/*']) {
      app.route<{ Params: { token: string; '*'?: string } }>({ method, url, ...options, handler: upload });
    }
  }
}

function noteOf(added: AddedLog): [status: string, info: string | null] {
  switch (added.kind) {
    case 'stored':
      return ['FileReceived', `${added.file.fileName}, ${added.file.bytes} bytes`];
    case 'incomplete':
      return ['UploadBrokeOff', null];
    case 'too-large':
      return ['UploadCut', `over ${added.maxBytes} bytes`];
    case 'quota':
      return ['UploadRefused', 'no room left for uploads'];
  }
}

function problemOf(outcome: Exclude<AddedLog, { kind: 'stored' }> | { kind: 'no-file' }): ProblemError {
  switch (outcome.kind) {
    case 'no-file':
      return badRequest('The form has no file.');
    case 'incomplete':
      return badRequest('The upload broke off.');
    case 'too-large':
      return new ProblemError(413, `At most ${outcome.maxBytes} bytes are taken.`);
    case 'quota':
      return new ProblemError(507, 'There is no room left for uploads.');
  }
}
