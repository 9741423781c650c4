import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { limitBodyTime, takeRawBodies } from './long-body.ts';

let app: FastifyInstance;
let reading = 0;
beforeEach(async () => {
  app = Fastify();
  limitBodyTime(app, { bodyMs: 100, idleMs: 1_000 });
  app.post('/text', async ({ body }) => ({ body }));
  await app.register(async (scope) => {
    takeRawBodies(scope);
    scope.post('/file', { config: { longBody: true } }, async ({ raw }) => {
      let bytes = 0;
      reading += 1;
      try {
        for await (const chunk of raw) bytes += (chunk as Buffer).length;
      } finally {
        reading -= 1;
      }
      return { bytes };
    });
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(() => app.close());

/** Sends all of a body but its last byte. */
async function begin(path: string): Promise<Socket> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nabcd`);
  return socket;
}

it('a body that does not come to its end is given up, but for a file', async () => {
  const [text, file] = [await begin('/text'), await begin('/file')];
  text.on('error', () => undefined);
  await once(text, 'close');
  file.write('e');
  const [answer] = await once(file, 'data');
  expect(String(answer)).toContain('{"bytes":5}');
  file.destroy();
});

it('a file whose sender falls silent is given up, and nothing waits for it any longer', async () => {
  const file = await begin('/file');
  file.on('error', () => undefined);
  await once(file, 'close');
  expect(reading).toBe(0);
});

it('a body in time is taken, and its connection serves the next one', async () => {
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/text`;
  for (const body of ['one', 'two']) {
    const headers = { 'content-type': 'text/plain' };
    expect(await (await fetch(url, { method: 'POST', body, headers })).json()).toEqual({ body });
  }
});
