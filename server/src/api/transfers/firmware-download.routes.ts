import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TransferLink } from '../../charge-points/transfers/transfer-links.ts';
import type { ApiDeps } from '../api-deps.ts';
import { notFound, ProblemError } from '../errors.ts';
import { sendFile, wantedRange } from '../send-file.ts';

type Deps = Pick<ApiDeps, 'firmwareFiles' | 'transferLinks' | 'jobs'>;
type Download = FastifyRequest<{ Params: { token: string } }>;

/** For charge points, which can't sign in: whoever has the link may fetch the file, a few times over, for a while. */
export async function firmwareDownloadRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const { firmwareFiles, transferLinks } = deps;

  const download = async (request: Download, reply: FastifyReply): Promise<FastifyReply> => {
    const link = await transferLinks.find(request.params.token);
    if (link === 'unknown') throw notFound('firmware at this address');
    const gone = new ProblemError(410, 'This link has been used up or is too old.');
    if (link === 'spent' || link.firmwareFileId === null) throw gone;
    const id = link.firmwareFileId;
    const file = await firmwareFiles.get(id);
    if (file === null) throw gone;
    const range = wantedRange(request, file);
    const sent = range === 'all' ? { start: 0, end: file.bytes - 1 } : range;
    if (request.method === 'GET' && sent !== 'none') {
      await transferLinks.spend(link, Math.max(1, sent.end - sent.start + 1));
      if (sent.end === file.bytes - 1) noteWhenSent(reply, request, { jobs: deps.jobs, link, bytes: file.bytes });
    }
    return sendFile(reply, { ...file, read: (part) => firmwareFiles.read(id, part) }, range);
  };

  const options = { config: { public: true as const }, schema: { hide: true } };
  app.get<{ Params: { token: string } }>('/firmware/:token', options, download);
  // The name at the end is for charge points that want one; it may be any.
  app.get<{ Params: { token: string; '*': string } }>('/firmware/:token/*', options, download);
}

const FETCHED = 'FileFetched';

/** The history says once that the file was fetched from here, whatever the charge point says. */
function noteWhenSent(
  reply: FastifyReply,
  request: FastifyRequest,
  { jobs, link, bytes }: { jobs: ApiDeps['jobs']; link: TransferLink; bytes: number },
): void {
  const { jobId } = link;
  if (jobId === null) return;
  const note = async (): Promise<void> => {
    const job = await jobs.get(jobId);
    if (job?.history.some(({ status }) => status === FETCHED)) return;
    await jobs.note(jobId, FETCHED, `${bytes} bytes, from ${request.ip}`);
  };
  reply.raw.once('finish', () => {
    note().catch((error: unknown) => request.log.error({ err: error }, 'A download could not be noted'));
  });
}
