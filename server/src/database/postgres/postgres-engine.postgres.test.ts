import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { describeDatabase, idsIn, insert, notes } from '../database.contract.ts';
import type { Database } from '../database.ts';
import type { Migration } from '../migration.ts';
import { openDatabase } from '../open-database.ts';
import { emptyDatabase } from '../testing/open-test-database.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';
import { startPostgresEngine } from './postgres-engine.ts';

const server = inject('postgres')?.server ?? '';
const open = (databaseUrl: string, migrations: readonly Migration[] = [notes]): Promise<Database> =>
  openDatabase({ dataDir: '', databaseUrl, migrations });

describeDatabase(
  'PostgreSQL',
  async () => {
    const databaseUrl = await emptyDatabase();
    return {
      open: (options) => openDatabase({ dataDir: '', databaseUrl, ...options }),
      remove: async () => undefined,
    };
  },
  { duplicateKey: '23505' },
);

describe('connecting', () => {
  const at = (changes: Partial<URL>): string => Object.assign(new URL(server), changes).href;

  test.each([
    ['a wrong password', at({ password: 'nope' }), /refuses user 'console': wrong name or password$/],
    ['a database that is not there', at({ pathname: '/nowhere' }), /has no database 'nowhere': create it$/],
    ['TLS that it does not have', at({ search: '?sslmode=require' }), /has no TLS: take sslmode out of the address/],
    ['a name that is no host', at({ hostname: 'no-such-host.invalid' }), /can't be found: no such host$/],
  ])('with %s says so, and no secret', async (_what, url, words) => {
    const failure = await open(url).catch((error: Error) => error.message);
    expect(failure).toMatch(words);
    expect(failure).toMatch(/^PostgreSQL at /);
    expect(failure).not.toContain('nope');
    expect(failure).not.toContain('p@ss');
  });

  test('where nobody listens says so', async () => {
    await expect(open(at({ port: String(await freePort()) }))).rejects.toThrow(/refuses connections: is it running/);
  });

  test('where nobody answers gives up after some seconds', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    await expect(open(at({ port: String(port) }))).rejects.toThrow(/does not answer: is it reachable/);
    silent.close();
  });
});

describe('several processes', () => {
  test('that start at once migrate once', async () => {
    const url = await emptyDatabase();
    const opened = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    const { rows } = await sql`select name from migrations`.execute((opened[0] as Database).query);
    expect(rows).toEqual([{ name: '0001-notes' }]);
    await Promise.all(opened.map((database) => database.close()));
  });

  test('do not wait for ever for one that migrates', async () => {
    const url = await emptyDatabase();
    const first = await startPostgresEngine({ url });
    const second = await startPostgresEngine({ url, exclusiveWaitMs: 50 });
    await first.exclusively(async () => {
      await expect(second.exclusively(async () => undefined)).rejects.toThrow(/Another process is still changing/);
    });
    await second.exclusively(async () => undefined);
    await Promise.all([first.close(), second.close()]);
  });
});

describe('a server of its own', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres({ tls: true });
  });
  afterAll(() => postgres.dispose());

  test('is spoken to over TLS when its certificate is of a known authority, and not otherwise', async () => {
    const url = `${postgres.url()}?sslmode=require`;
    await expect(open(url)).rejects.toThrow(/shows a certificate of an authority that is not known here/);
    const database = await open(`${url}&sslrootcert=${postgres.caFile}`);
    const own = sql<{ ssl: boolean }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
    expect((await own.execute(database.query)).rows).toEqual([{ ssl: true }]);
    await database.close();
    await expect(open(`${url}&sslrootcert=/nowhere`)).rejects.toThrow('can not read /nowhere');
    await (await open(`${postgres.url()}?sslmode=no-verify`)).close();
  });

  test('that goes and comes back loses nothing that was acknowledged; meanwhile it is told and writes fail, afterwards they work again', async () => {
    const told: string[] = [];
    const logger = {
      warn: ({ trouble }: { trouble?: string }) => told.push(trouble ?? ''),
      info: (_details: object, message: string) => told.push(message),
    };
    const database = await openDatabase({
      dataDir: '',
      databaseUrl: postgres.url(),
      migrations: [notes],
      logger,
    });
    const stored: number[] = [];
    let next = 0;
    let writing = true;
    const writers = Array.from({ length: 20 }, async () => {
      while (writing) {
        const id = ++next;
        await database.write(insert(id).compile(database.query)).then(
          () => stored.push(id),
          () => new Promise((resolve) => setTimeout(resolve, 20)),
        );
      }
    });
    await eventually(() => expect(stored.length).toBeGreaterThan(200));
    await postgres.signal('SIGQUIT');
    await eventually(() => expect(database.trouble()).toMatch(/refuses connections/));
    await expect(database.write(insert(-1).compile(database.query))).rejects.toThrow(/^PostgreSQL at /);
    await expect(idsIn(database)).rejects.toThrow(/^PostgreSQL at /);
    const before = stored.length;
    await postgres.start();
    await eventually(() => expect(stored.length).toBeGreaterThan(before + 200));
    writing = false;
    await Promise.all(writers);
    expect(database.trouble()).toBeNull();
    const ids = new Set(await idsIn(database));
    expect(stored.filter((id) => !ids.has(id))).toEqual([]);
    expect(told.at(-1)).toBe('The database works again');
    await database.close();
  });

  test('that says nothing any more is told within seconds, and is used again when it answers', async () => {
    const network = await startNetwork(new URL(postgres.url()));
    const database = await open(network.url);
    await database.write(insert(10_001).compile(database.query));
    network.swallow(true);
    await eventually(() => expect(database.trouble()).toMatch(/does not answer: is it reachable from here/));
    const lost = database.write(insert(10_002).compile(database.query));
    await expect(lost).rejects.toThrow(/PostgreSQL/);
    await expect(idsIn(database)).rejects.toThrow(/^PostgreSQL at /);
    network.swallow(false);
    await eventually(() => expect(database.trouble()).toBeNull());
    await database.write(insert(10_003).compile(database.query));
    expect(await idsIn(database)).toEqual(expect.arrayContaining([10_001, 10_003]));
    await database.close();
    await network.close();
  }, 60_000);

  test('a connection that is ended from outside is made anew', async () => {
    const url = await emptyDatabase();
    const database = await open(url);
    const admin = new Client({ connectionString: server });
    await admin.connect();
    const name = new URL(url).pathname.slice(1);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await admin.end();
    await eventually(() => database.write(insert(1).compile(database.query)));
    await eventually(async () => expect(await idsIn(database)).toEqual([1]));
    await database.close();
  });
});

/** Between here and a server; it can swallow all that is said. */
async function startNetwork(server: URL): Promise<{ url: string; swallow(on: boolean): void; close(): Promise<void> }> {
  let swallows = false;
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(Number(server.port), server.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
      from.on('data', (bytes) => {
        if (!swallows) to.write(bytes);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as { port: number };
  return {
    url: Object.assign(new URL(server), { port: String(port) }).href,
    swallow(on) {
      swallows = on;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
