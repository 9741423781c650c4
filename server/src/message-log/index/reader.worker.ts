import { parentPort, workerData } from 'node:worker_threads';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { ViolationCounts } from '../message-log.ts';
import { IndexReader } from './index-reader.ts';
import type { IndexFolders, ReaderReply, ReaderRequest } from './protocol.ts';

const port = parentPort;
if (!port) throw new Error('reader.worker.ts runs as a worker thread');
const reader = new IndexReader(workerData as IndexFolders);

function answer(request: ReaderRequest): LogRow[] | ViolationCounts {
  switch (request.kind) {
    case 'query':
      return reader.query(request.query);
    case 'row': {
      const row = reader.row(request.id);
      return row === null ? [] : [row];
    }
    case 'violations':
      return reader.countViolations(request);
    case 'release':
      reader.close();
      return [];
  }
}

port.on('message', (request: ReaderRequest) => {
  let reply: ReaderReply;
  try {
    reply = { ask: request.ask, answer: answer(request) };
  } catch (error) {
    reply = { ask: request.ask, problem: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(reply);
});
