import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../../../test/support/free-port.ts';
import { makeCertificates } from '../../../test/support/make-certificates.ts';
import { HOW_TO_GET_POSTGRES, postgresPrograms } from './postgres-programs.ts';

/** A real PostgreSQL of its own on a free port of the loopback address. */
export interface Postgres {
  /** Of a database on it; of the one that is always there when no name is given. */
  url(database?: string): string;
  query(sql: string): Promise<unknown[]>;
  /** Of its authority, when it has TLS. */
  readonly caFile: string;
  start(): Promise<void>;
  /** SIGQUIT is a server that dies with all its connections. */
  signal(signal: NodeJS.Signals): Promise<void>;
  dispose(): Promise<void>;
}

const USER = 'console';
const PASSWORD = 'p@ss word';

/** It refuses to run as root: then it runs as nobody. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const owner = process.getuid?.() === 0 ? NOBODY : null;

export async function startPostgres({ tls = false } = {}): Promise<Postgres> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error(HOW_TO_GET_POSTGRES);
  const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, PASSWORD);
  if (owner !== null) for (const path of [folder, data, passwordFile]) chownSync(path, owner.uid, owner.gid);
  chmodSync(folder, 0o755);
  const cluster = ['-D', data, '-U', USER, '--pwfile', passwordFile, '--auth=scram-sha-256'];
  const texts = [
    '--encoding=UTF8',
    '--locale=C',
    ...(hasOwnOrder(programs) ? ['--locale-provider=icu', '--icu-locale=en'] : []),
  ];
  execFileSync(join(programs, 'initdb'), [...cluster, ...texts, '--no-sync'], { ...owner, cwd: folder, stdio: 'pipe' });

  const key = join(folder, 'server.key');
  if (tls) {
    makeCertificates(folder);
    // It takes none that others may read.
    chmodSync(key, 0o600);
    if (owner !== null) chownSync(key, owner.uid, owner.gid);
  }
  const port = await freePort();
  const url = (database = 'postgres'): string =>
    `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;
  const program = join(programs, 'postgres');
  let child: ChildProcess | null = null;

  async function query(sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url() });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  const isRunning = (): boolean => child !== null && child.exitCode === null && child.signalCode === null;

  async function start(): Promise<void> {
    if (isRunning()) return;
    // What is not safe when the machine fails is quicker, and no machine fails in a test.
    const quick = ['fsync=off', 'full_page_writes=off', 'shared_buffers=32MB', 'max_connections=200'];
    const place = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
    const certificate = ['ssl=on', `ssl_cert_file=${join(folder, 'server.pem')}`, `ssl_key_file=${key}`];
    const settings = [...place, ...quick, ...(tls ? certificate : [])].flatMap((setting) => ['-c', setting]);
    child = spawn(program, ['-D', data, ...settings], { ...owner, cwd: folder, stdio: 'ignore' });
    for (;;) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
      const isUp = await query('select 1').then(
        () => true,
        () => false,
      );
      if (isUp) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function signal(name: NodeJS.Signals): Promise<void> {
    if (child === null || !isRunning()) return;
    const gone = ['SIGQUIT', 'SIGINT', 'SIGTERM'].includes(name) ? once(child, 'exit') : null;
    child.kill(name);
    await gone;
  }

  await start();
  return {
    url,
    caFile: join(folder, 'ca.pem'),
    query,
    start,
    signal,
    async dispose() {
      await signal('SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Most orders of texts are not that of their bytes; from version 15 on one can be chosen on any machine. */
const hasOwnOrder = (programs: string): boolean =>
  Number(/\d+/.exec(execFileSync(join(programs, 'postgres'), ['--version']).toString())?.[0]) >= 15;
