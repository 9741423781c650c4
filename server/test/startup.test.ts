import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'startup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, PORT: '0', DATA_DIR: join(folder, 'data'), ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (bytes) => {
    stderr += bytes;
  });
  const exited = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stderr }));
  });
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', (bytes) => {
      stdout += bytes;
      if (/^Console .*\n/m.test(stdout)) resolve(stdout);
    });
  });
  return { child, exited, ready };
}

describe('starting', () => {
  it('ends with one line that names a bad setting', async () => {
    const { code, stderr } = await start({ PORT: 'abc' }).exited;
    expect(code).toBe(1);
    expect(stderr).toBe('PORT must be a whole number from 0 to 65535, not "abc"\n');
  });

  it.each([
    ['HOST and PORT', (port: number) => ({ PORT: String(port) })],
    ['MQTT_LISTEN', (port: number) => ({ MQTT_LISTEN: `127.0.0.1:${port}` })],
  ])('ends with one line when the port of %s is taken', async (name, settings) => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const { code, stderr } = await start(settings(port)).exited;
    other.close();
    expect(code).toBe(1);
    expect(stderr).toBe(`${name}: 127.0.0.1:${port} is in use by another program\n`);
  });

  it.each(['/proc/nowhere', 'a-file'])('ends with one line when DATA_DIR can not be written: %s', async (name) => {
    await writeFile(join(folder, 'a-file'), '');
    const { code, stderr } = await start({ DATA_DIR: join(name.startsWith('/') ? '' : folder, name) }).exited;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^DATA_DIR: [^\n]+\n$/);
  });

  it('refuses a folder that another server works in, and takes it once that one was killed', async () => {
    const first = start({});
    await first.ready;
    const second = await start({}).exited;
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/^DATA_DIR: .* is in use by another running server\n$/);
    first.child.kill('SIGKILL');
    await first.exited;
    const third = start({});
    expect(await third.ready).toMatch(/^Set up .*\/setup\?token=/m);
    third.child.kill('SIGTERM');
    expect((await third.exited).code).toBe(0);
  });

  it('goes on when nobody reads what it prints, and stops cleanly', async () => {
    const port = await freePort();
    const { child, exited } = start({ PORT: String(port), LOG_LEVEL: 'trace' });
    child.stdout.destroy();
    await eventually(async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200));
    child.kill('SIGTERM');
    expect(await exited).toEqual({ code: 0, stderr: '' });
  });

  it('stops although a browser keeps a socket at hand that has asked for nothing', async () => {
    const port = await freePort();
    const { child, exited, ready } = start({ PORT: String(port) });
    await ready;
    const spare = connect(port, '127.0.0.1');
    await once(spare, 'connect');
    child.kill('SIGTERM');
    expect(await exited).toEqual({ code: 0, stderr: '' });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
