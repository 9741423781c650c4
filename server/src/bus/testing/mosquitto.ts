import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../test/support/free-port.ts';
import { makeCertificates } from '../../../test/support/make-certificates.ts';

/** A real MQTT 5 broker on a free port of the loopback address. */
export interface Mosquitto {
  readonly port: number;
  readonly folder: string;
  start(): Promise<void>;
  /** SIGKILL is a broker that dies, SIGSTOP one that hangs. */
  signal(signal: NodeJS.Signals): Promise<void>;
  dispose(): Promise<void>;
}

export interface MosquittoOptions {
  /** With its own authority: `ca.pem`, and for clients `client.pem` and `client.key` in the folder. */
  tls?: 'server' | 'mutual';
  user?: { name: string; password: string };
  /** Lines of an access control list. */
  acl?: readonly string[];
}

/** Distributions put it where only administrators look. */
const PLACES = ['mosquitto', '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'];
const program = PLACES.find((place) => spawnSync(place, ['-h']).error === undefined);

export const hasMosquitto = program !== undefined;
if (!hasMosquitto) {
  process.stderr.write(
    "Nothing is tried with a real MQTT broker: Mosquitto is not installed. Get it with 'apt-get install mosquitto' (Debian, Ubuntu) or 'brew install mosquitto' (macOS).\n",
  );
}

export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), 'mosquitto-'));
  // Started as root it becomes another user.
  chmodSync(folder, 0o755);
  const port = await freePort();
  await writeFile(join(folder, 'mosquitto.conf'), await configuration(folder, { ...options, port }));
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    if (program === undefined) throw new Error('Mosquitto is not installed');
    child = spawn(program, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
    while (!(await listens(port))) {
      if (child.exitCode !== null) throw new Error(`Mosquitto ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function signal(name: NodeJS.Signals): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = name === 'SIGKILL' || name === 'SIGTERM' ? once(child, 'exit') : null;
    child.kill(name);
    await gone;
  }

  await start();
  return {
    port,
    folder,
    start,
    signal,
    async dispose() {
      await signal('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function configuration(folder: string, options: MosquittoOptions & { port: number }): Promise<string> {
  const { port, tls, user, acl } = options;
  const lines = [`listener ${port} 127.0.0.1`, 'set_tcp_nodelay true', 'persistence false'];
  if (user === undefined) lines.push('allow_anonymous true');
  else {
    const file = join(folder, 'passwords');
    await writeFile(file, `${user.name}:${user.password}\n`, { mode: 0o644 });
    execFileSync('mosquitto_passwd', ['-U', file]);
    chmodSync(file, 0o644);
    lines.push(`password_file ${file}`);
  }
  // Together with a list it ends the connection of whoever publishes what it denies.
  if (acl === undefined) lines.push('max_queued_messages 0');
  else {
    await writeFile(join(folder, 'acl'), `${acl.join('\n')}\n`);
    lines.push(`acl_file ${join(folder, 'acl')}`);
  }
  if (tls !== undefined) {
    makeCertificates(folder);
    const place = (name: string): string => join(folder, name);
    lines.push(`cafile ${place('ca.pem')}`, `certfile ${place('server.pem')}`, `keyfile ${place('server.key')}`);
    if (tls === 'mutual') lines.push('require_certificate true');
  }
  return `${lines.join('\n')}\n`;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
