import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { conflict, ProblemError } from '../errors.ts';
import type { createRunningExports, ExportProgress } from './running-exports.ts';

type Rows = readonly LogRow[];

/** For what reads the log: when to stop, and whom to tell how far it is. */
export interface Reading {
  signal: AbortSignal;
  onLooked: (rows: Rows) => void;
  onRows: (rows: Rows) => void;
}

interface Asked {
  /** Under which others may ask how far it is. */
  exportId: string | undefined;
  by: string;
  connection: ServerResponse;
}

const UNTOLD: ExportProgress = { onLooked: () => {}, onSent: () => {}, end: () => {} };

/** Begins exports that end when they are stopped, or when nobody is there any more to take them. */
export function createExporter(running: ReturnType<typeof createRunningExports>) {
  return {
    /** @param prepare whatever it throws is the answer */
    async begin(
      { exportId, by, connection }: Asked,
      prepare: (reading: Reading) => Promise<AsyncGenerator<string | Buffer>>,
    ): Promise<Readable> {
      const halt = new AbortController();
      const stop = (): void => halt.abort(conflict('The export was stopped.'));
      const progress = exportId === undefined ? UNTOLD : running.start(exportId, { by, stop });
      if (progress === null) throw conflict('There is an export of this id.');
      connection.once('close', stop);
      try {
        const content = await prepare({
          signal: halt.signal,
          onLooked: (rows) => progress.onLooked(pageOf(rows)),
          onRows: (rows) => progress.onSent(pageOf(rows)),
        });
        return streamOf(content, { halt: halt.signal, progress });
      } catch (error) {
        if (halt.signal.aborted) progress.end('cancelled', null);
        else progress.end('failed', wordsOf(error));
        throw error;
      }
    },
  };
}

function streamOf(
  content: AsyncGenerator<string | Buffer>,
  { halt, progress }: { halt: AbortSignal; progress: ExportProgress },
): Readable {
  const stream = Readable.from(content, { objectMode: false });
  stream.once('end', () => progress.end('done', null));
  stream.once('error', (error) => {
    if (!halt.aborted) progress.end('failed', wordsOf(error));
  });
  stream.once('close', () => progress.end('cancelled', null));
  const stop = (): void => {
    stream.destroy(halt.reason as Error);
  };
  if (halt.aborted) stop();
  else halt.addEventListener('abort', stop, { once: true });
  return stream;
}

const pageOf = (rows: Rows) => ({ rows: rows.length, at: rows.at(-1)?.at ?? null });

/** Of a fault the caller is told no more than by the answer. */
const wordsOf = (error: unknown): string =>
  error instanceof ProblemError ? error.message : 'The server failed at this export. Its log says why.';
