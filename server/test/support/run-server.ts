import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

const OUR_ROOT = join(import.meta.dirname, '../../..');
const TOKEN = 'a-token-of-the-tests-that-is-long-enough';
/** Before that a test's own patience ends. */
const START_WITHIN_MS = 120_000;

/** The product as a user starts it, in a process and a data folder of its own. */
export interface RunningServer {
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** Asks the REST API as an administrator; throws unless it succeeds. */
  api<T>(method: string, path: string, body?: object): Promise<T>;
  /** The same, with whatever comes. */
  request(
    method: string,
    path: string,
    init?: { body?: string; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Response>;
  /** What it printed. */
  output(): string;
  isRunning(): boolean;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** As a supervisor ends it. @returns the exit code; null when it had to be killed */
  terminate(): Promise<number | null>;
  /** With the same data, and our release. */
  startAgain(): Promise<void>;
  /** Both. */
  killAndStart(): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

/** @param root the folder of the product; another one than ours holds another release */
export async function runServer(
  dataDir: string,
  settings: Record<string, string>,
  root = OUR_ROOT,
): Promise<RunningServer> {
  const port = await freePort();
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, ADMIN_TOKEN: TOKEN };
  let lines: string[] = [];
  let child: ChildProcess;

  async function start(by = OUR_ROOT): Promise<void> {
    lines = [];
    const started = spawn(process.execPath, [join(by, 'server/src/main.ts')], {
      env: { ...env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    await new Promise<void>((resolve, reject) => {
      const give = (why: string): void => reject(new Error(`${why}\n${lines.join('\n')}`));
      const timer = setTimeout(() => give('The server did not start in time.'), START_WITHIN_MS);
      const read = (line: string): void => {
        lines.push(line);
        if (!/^OCPP\s+ws/.test(line)) return;
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

  await start(root);
  return {
    port,
    dataDir,
    get pid() {
      return child.pid ?? 0;
    },
    request,
    async api<T>(method: string, path: string, body?: object) {
      const headers = { 'content-type': 'application/json' };
      const response = await request(method, path, body === undefined ? {} : { body: JSON.stringify(body), headers });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (response.status === 204 ? undefined : await response.json()) as T;
    },
    output: () => lines.join('\n'),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: () => end('SIGKILL'),
    async terminate() {
      await end('SIGTERM');
      return child.exitCode;
    },
    startAgain: () => start(),
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
