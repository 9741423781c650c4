import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';

export interface UploadedPart {
  content: Readable;
  /** As the sender calls it. */
  fileName: string | null;
}

/** The file in a request: its body, or the first file of a form. null: a form without one. */
export function uploadedFile(request: IncomingMessage): Promise<UploadedPart | null> {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) return Promise.resolve({ content: request, fileName: null });
  return firstFileOf(request);
}

function firstFileOf(request: IncomingMessage): Promise<UploadedPart | null> {
  return new Promise((resolve) => {
    let form: ReturnType<typeof Busboy>;
    try {
      form = Busboy({ headers: request.headers as BusboyHeaders, limits: { files: 1, fieldSize: 1_000, fields: 20 } });
    } catch {
      return resolve(null);
    }
    form.on('file', (_field, content, fileName) => {
      request.once('close', () => {
        if (!request.complete) content.destroy(new Error('The upload broke off'));
      });
      form.on('error', (error) => content.destroy(error as Error));
      resolve({ content, fileName: fileName ?? null });
    });
    form.on('error', () => resolve(null));
    form.on('finish', () => resolve(null));
    request.once('close', () => resolve(null));
    request.pipe(form);
  });
}
