import { parentPort, workerData } from 'node:worker_threads';
import { sizesOf } from '../kept/prune.ts';
import { IndexReader } from './index-reader.ts';
import { type IndexFolders, type ReaderAnswer, type ReaderReply, type ReaderRequest, toProblem } from './protocol.ts';

const port = parentPort;
if (!port) throw new Error('reader.worker.ts runs as a worker thread');
const folders = workerData as IndexFolders;
const reader = new IndexReader(folders);

function answer(request: ReaderRequest): ReaderAnswer {
  switch (request.kind) {
    case 'search':
      return reader.search(request.query, request.budgetMs);
    case 'row':
      return reader.row(request.id);
    case 'violations':
      return reader.countViolations(request);
    case 'histogram':
      return reader.histogram(request.query, request.budgetMs);
    case 'relations':
      return reader.relations(request.rows);
    case 'sizes':
      return sizesOf(folders);
    case 'release':
      reader.close();
      return null;
  }
}

/** A day may go between the look at which there are and the reading of its file: then those that are left are the answer. */
function answerOrAgain(request: ReaderRequest): ReaderAnswer {
  try {
    return answer(request);
  } catch {
    reader.close();
    return answer(request);
  }
}

port.on('message', (request: ReaderRequest) => {
  let reply: ReaderReply;
  try {
    reply = { ask: request.ask, answer: answerOrAgain(request) };
  } catch (error) {
    reply = { ask: request.ask, problem: toProblem(error) };
  }
  port.postMessage(reply);
});
