import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from './database.ts';
import type { Migration } from './migration.ts';
import { MIGRATIONS } from './migrations.ts';
import type { OpenDatabaseOptions } from './open-database.ts';

export const notes: Migration = {
  name: '0001-notes',
  statements: ({ schema }) => [
    schema
      .createTable('notes')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('text', 'text', (column) => column.notNull()),
  ],
};
const more: Migration = {
  name: '0002-more',
  statements: ({ schema }) => [schema.alterTable('notes').addColumn('more', 'text')],
};

export const insert = (id: number, text = 'a note') => sql`insert into notes (id, text) values (${id}, ${text})`;

export async function idsIn({ query }: Database): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from notes order by id`.execute(query);
  return rows.map(({ id }) => id);
}

/** An empty database, which can be opened many times. */
export interface Place {
  open(options: Partial<OpenDatabaseOptions>): Promise<Database>;
  /** Everything that was opened is closed. */
  remove(): Promise<void>;
}

/** What every engine of the database does. */
export function describeDatabase(
  name: string,
  newPlace: () => Promise<Place>,
  { duplicateKey }: { duplicateKey: string },
): void {
  describe(name, () => {
    let place: Place;
    const opened: Database[] = [];

    async function open(options: Partial<OpenDatabaseOptions> = {}): Promise<Database> {
      const database = await place.open({ migrations: [notes], ...options });
      opened.push(database);
      return database;
    }

    beforeEach(async () => {
      place = await newPlace();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((database) => database.close()));
      await place.remove();
    });

    test('a group is all or nothing, and a failing one leaves its neighbours alone', async () => {
      const database = await open();
      const group = (...ids: number[]) => database.write(...ids.map((id) => insert(id).compile(database.query)));
      const outcomes = await Promise.allSettled([group(1, 2), group(3, 1, 4), group(5), group(5), group(6, 7)]);
      expect(outcomes.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      expect(await idsIn(database)).toEqual([1, 2, 5, 6, 7]);
      expect(database.trouble()).toBeNull();
    });

    test('of thousands of writers at a time only those that it refuses fail', async () => {
      const database = await open();
      const ids = Array.from({ length: 3_000 }, (_, position) => (position % 300 === 299 ? 0 : position));
      const outcomes = await Promise.allSettled(ids.map((id) => database.write(insert(id).compile(database.query))));
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10);
      expect(await idsIn(database)).toEqual([...new Set(ids)].sort((a, b) => a - b));
    });

    test('a read sees every write that was asked for before it', async () => {
      const database = await open();
      const writing = database.write(insert(1).compile(database.query));
      expect(await idsIn(database)).toEqual([1]);
      await writing;
    });

    test('says how much it takes', async () => {
      const database = await open();
      expect(await database.bytes()).toBeGreaterThan(4_000);
    });

    test('gives back numbers and texts as they were written, whatever they hold', async () => {
      const database = await open();
      const texts = [
        '',
        'a\0b',
        '\0',
        '\u2400',
        '\u24000',
        '\0\u2400\u2400',
        '日本 \u{1f50c}',
        `'; drop table notes; --`,
      ];
      const ids = texts.map((_text, position) => 2 ** 40 + position);
      await database.write(...texts.map((text, position) => insert(ids[position] ?? 0, text).compile(database.query)));
      const { rows } = await sql<{ id: number; text: string }>`select id, text from notes order by id`.execute(
        database.query,
      );
      expect(rows).toEqual(texts.map((text, position) => ({ id: ids[position], text })));
      const found = sql<{ id: number }>`select id from notes where text = ${'a\0b'}`;
      expect((await found.execute(database.query)).rows).toEqual([{ id: ids[1] }]);
    });

    test('texts are in the order of their bytes', async () => {
      const database = await open();
      await database.write(...['b', 'B', 'a', '_', 'é'].map((text, id) => insert(id, text).compile(database.query)));
      const { rows } = await sql<{ text: string }>`select text from notes order by text`.execute(database.query);
      expect(rows.map(({ text }) => text).join('')).toBe('B_abé');
    });

    test('a value that no column can hold is refused without hurting others', async () => {
      const database = await open();
      const bad = sql`insert into notes (id, text) values (${1}, ${{ an: 'object' }})`.compile(database.query);
      const [refused, stored] = await Promise.allSettled([
        database.write(bad),
        database.write(insert(2).compile(database.query)),
      ]);
      expect(refused).toMatchObject({
        status: 'rejected',
        reason: { message: "A object can't be stored in the database" },
      });
      expect(stored.status).toBe('fulfilled');
    });

    test('a broken constraint is told by its code', async () => {
      const database = await open();
      await database.write(insert(1).compile(database.query));
      await expect(insert(1).execute(database.query)).rejects.toMatchObject({ code: duplicateKey });
    });

    test('interactive transactions are refused', async () => {
      const database = await open();
      await expect(database.query.transaction().execute(async () => undefined)).rejects.toThrow(/not supported/);
    });

    test('what was asked for before closing is stored, later requests are refused', async () => {
      const database = await open();
      const writing = database.write(insert(1).compile(database.query));
      await database.close();
      await writing;
      await expect(database.write(insert(2).compile(database.query))).rejects.toThrow('The database is closed');
      expect(await idsIn(await open())).toEqual([1]);
    });

    describe('migrations', () => {
      test('each runs once, in order, and keeps what is there', async () => {
        const first = await open();
        await insert(1).execute(first.query);
        await first.close();
        const second = await open({ migrations: [notes, more] });
        await second.close();
        const third = await open({ migrations: [notes, more] });
        expect((await sql`select id, more from notes`.execute(third.query)).rows).toEqual([{ id: 1, more: null }]);
      });

      test('an interrupted one has done nothing and runs again', async () => {
        const broken: Migration = {
          name: '0002-more',
          statements: (query) => [...more.statements(query), { compile: () => sql`nonsense`.compile(query) }],
        };
        await expect(open({ migrations: [notes, broken] })).rejects.toThrow(/nonsense/);
        const database = await open({ migrations: [notes, more] });
        expect((await sql`select more from notes`.execute(database.query)).rows).toEqual([]);
      });

      test('a database of a newer version is refused', async () => {
        await (await open({ migrations: [notes, more] })).close();
        await expect(open()).rejects.toThrow(/newer version.*0002-more/);
      });

      test('the real ones make a database that opens again', async () => {
        await (await open({ migrations: MIGRATIONS })).close();
        const database = await open({ migrations: MIGRATIONS });
        expect(await database.query.selectFrom('things').selectAll().execute()).toEqual([]);
      });
    });
  });
}
