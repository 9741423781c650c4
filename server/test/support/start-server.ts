import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

const TOKEN = 'a-token-of-the-tests-that-is-long-enough';
const START_WITHIN_MS = 30_000;

/** The product as a user starts it, in a process and a data folder of its own. */
export interface RunningServer {
  readonly port: number;
  readonly dataDir: string;
  /** Asks the REST API as an administrator; throws unless it succeeds. */
  api<T>(method: string, path: string, body?: object): Promise<T>;
  /** The same, with whatever comes. */
  request(method: string, path: string, init?: { body?: string; headers?: Record<string, string> }): Promise<Response>;
  /** What it printed. */
  output(): string;
  isRunning(): boolean;
  /** `kill -9`, and a start with the same data. */
  killAndStart(): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

export async function startServer(settings: Record<string, string> = {}): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'whole-app-'));
  const port = await freePort();
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, ADMIN_TOKEN: TOKEN };
  let lines: string[] = [];
  let child: ChildProcess;

  async function start(): Promise<void> {
    lines = [];
    const started = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
      env: { ...env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    await new Promise<void>((resolve, reject) => {
      const give = (why: string): void => reject(new Error(`${why}\n${lines.join('\n')}`));
      const timer = setTimeout(() => give('The server did not start in time.'), START_WITHIN_MS);
      const read = (line: string): void => {
        lines.push(line);
        if (!/^Console\s+http/.test(line)) return;
        clearTimeout(timer);
        resolve();
      };
      createInterface({ input: started.stdout }).on('line', read);
      createInterface({ input: started.stderr }).on('line', read);
      started.once('exit', (code) => give(`The server ended with ${code}.`));
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  const request: RunningServer['request'] = (method, path, init = {}) =>
    fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...init.headers },
    });

  await start();
  return {
    port,
    dataDir,
    request,
    async api<T>(method: string, path: string, body?: object) {
      const headers = { 'content-type': 'application/json' };
      const response = await request(method, path, body === undefined ? {} : { body: JSON.stringify(body), headers });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (response.status === 204 ? undefined : await response.json()) as T;
    },
    output: () => lines.join('\n'),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async killAndStart() {
      await end('SIGKILL');
      await start();
    },
    async stop() {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
