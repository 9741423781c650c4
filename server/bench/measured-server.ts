import { type ChildProcess, fork } from 'node:child_process';
import type { CpuReport, ServerMessage } from './cpu.ts';

/** A server in a process of its own, so that its CPU time is its own. */
export class MeasuredServer {
  readonly #child: ChildProcess;
  readonly port: number;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** @param preload a module that each of its threads loads first */
  static async start(script: string, args: string[] = [], preload?: string): Promise<MeasuredServer> {
    const path = new URL(script, import.meta.url).pathname;
    const imported = preload === undefined ? [] : ['--import', new URL(preload, import.meta.url).href];
    const child = fork(path, args, {
      execArgv: ['--expose-gc', ...imported],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ready = await nextMessage(child);
    if (ready.kind !== 'ready') throw new Error(`${script} did not start`);
    return new MeasuredServer(child, ready.port);
  }

  async cpu(question: 'cpu' | 'settled' = 'cpu'): Promise<CpuReport> {
    const answer = nextMessage(this.#child);
    this.#child.send(question);
    const report = await answer;
    if (report.kind !== 'cpu') throw new Error('Unexpected answer of a measured server');
    return report;
  }

  stop(): Promise<void> {
    const exited = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.disconnect();
    return exited;
  }
}

function nextMessage(child: ChildProcess): Promise<ServerMessage> {
  return new Promise((resolve, reject) => {
    const exited = (code: number | null): void => reject(new Error(`A measured server exited with ${code}`));
    child.once('exit', exited);
    child.once('message', (message) => {
      child.off('exit', exited);
      resolve(message as ServerMessage);
    });
  });
}
