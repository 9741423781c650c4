import { Worker } from 'node:worker_threads';
import { DatabaseAwayError } from '../../database/engine.ts';
import type { JournalPosition } from '../journal/journal.ts';
import type { LogPlan } from '../kept/log-plan.ts';
import type {
  Problem,
  ReaderAnswer,
  ReaderQuestion,
  ReaderQuestions,
  ReaderReply,
  WriterReply,
  WriterRequest,
} from './protocol.ts';

/** How long indexing may lag behind the journal while nobody asks: larger transactions cost less per row. */
const INDEX_DELAY_MS = 250;

/** Who takes rows from the journal, who is asked about them, and what both are told at their start. */
export interface IndexThreads {
  writer: URL;
  reader: URL;
  workerData: object;
}

/** The index's two threads, as seen from the event loop. */
export class IndexClient {
  readonly #writer: Worker;
  readonly #reader: Worker;
  readonly #asked = new Map<number, { resolve: (answer: ReaderAnswer) => void; reject: (error: Error) => void }>();
  #nextAsk = 1;
  #timer: NodeJS.Timeout | null = null;
  #end: JournalPosition | null = null;
  #lastId = 0;
  #trouble: string | null = null;

  private constructor(writer: Worker, reader: Worker) {
    this.#writer = writer;
    this.#reader = reader;
    reader.on('message', (reply: ReaderReply) => this.#settle(reply));
  }

  /** Resolves when everything that the journal held is in the index. */
  static async open(threads: IndexThreads): Promise<{ client: IndexClient; lastId: number; nextSegment: number }> {
    const { workerData } = threads;
    const writer = new Worker(threads.writer, { workerData });
    const reader = new Worker(threads.reader, { workerData });
    const client = new IndexClient(writer, reader);
    const ready = await new Promise<Extract<WriterReply, { kind: 'ready' }>>((resolve, reject) => {
      writer.on('error', (error) => {
        void reader.terminate();
        reject(error);
      });
      writer.on('message', (reply: WriterReply) => {
        if (reply.kind === 'ready') resolve(reply);
        else client.#onWriter(reply);
      });
    });
    client.#lastId = ready.lastId;
    return { client, lastId: ready.lastId, nextSegment: ready.nextSegment };
  }

  get lastId(): number {
    return this.#lastId;
  }

  get trouble(): string | null {
    return this.#trouble;
  }

  /** The journal has grown. */
  advance(end: JournalPosition): void {
    this.#end = end;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#toWriter({ kind: 'index', end: this.#end ?? end, ask: null });
    }, INDEX_DELAY_MS);
  }

  /** Resolves when what the journal held at the call is indexed. */
  async catchUp(): Promise<void> {
    const end = this.#end;
    if (end === null) return;
    await this.#ask((ask) => this.#toWriter({ kind: 'index', end, ask }));
  }

  read<K extends ReaderQuestion>(
    kind: K,
    request: ReaderQuestions[K]['request'],
  ): Promise<ReaderQuestions[K]['answer']> {
    return this.#ask((ask) => this.#reader.postMessage({ ...request, kind, ask }));
  }

  /** Days go first, then the reader lets go of them, then the segments that only they were in. */
  async prune(plan: LogPlan): Promise<void> {
    await this.#ask((ask) => this.#toWriter({ kind: 'prune', plan, ask }));
    await this.read('release', {});
    await this.#ask((ask) => this.#toWriter({ kind: 'drop-segments', ask }));
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    // What can't be moved now stays in the journal.
    await this.catchUp().catch(() => undefined);
    const exited = new Promise<void>((resolve) => this.#writer.once('exit', () => resolve()));
    this.#toWriter({ kind: 'close' });
    await Promise.all([exited, this.#reader.terminate()]);
  }

  /** The answer is of the kind that was asked for. */
  #ask<T extends ReaderAnswer>(post: (ask: number) => void): Promise<T> {
    const ask = this.#nextAsk++;
    return new Promise((resolve, reject) => {
      this.#asked.set(ask, { resolve: resolve as (answer: ReaderAnswer) => void, reject });
      post(ask);
    });
  }

  #toWriter(request: WriterRequest): void {
    this.#writer.postMessage(request);
  }

  #onWriter(reply: WriterReply): void {
    if (reply.kind === 'trouble') this.#trouble = reply.message;
    if (reply.kind === 'done') {
      const { ask, problem } = reply;
      this.#settle(problem === null ? { ask, answer: null } : { ask, problem });
    }
    if (reply.kind !== 'indexed') return;
    this.#trouble = null;
    this.#lastId = reply.lastId;
    if (reply.ask !== null) this.#settle({ ask: reply.ask, answer: null });
  }

  #settle(reply: ReaderReply): void {
    const asked = this.#asked.get(reply.ask);
    this.#asked.delete(reply.ask);
    if ('problem' in reply) asked?.reject(toError(reply.problem));
    else asked?.resolve(reply.answer);
  }
}

const toError = ({ message, isAway }: Problem): Error =>
  isAway ? new DatabaseAwayError(message, null) : new Error(message);
