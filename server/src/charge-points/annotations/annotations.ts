import type { Database } from '../../database/database.ts';
import type { AnnotationRow } from '../../database/tables/replays.tables.ts';

export interface StoredAnnotation {
  id: string;
  thingName: string;
  /** null: of the live log. */
  importId: string | null;
  at: number;
  messageId: number | null;
  text: string;
  createdAt: number;
  createdBy: string;
  /** When its text was last changed. */
  editedAt: number | null;
}

export interface AnnotationQuery {
  thingName: string;
  importId: string | null;
  from: number;
  to: number;
}

/** What people wrote about moments of the logs. Writes are durable when resolved. */
export interface Annotations {
  /** null: there are as many at this charge point as there may be. */
  add(annotation: Omit<StoredAnnotation, 'id' | 'createdAt' | 'editedAt'>): Promise<StoredAnnotation | null>;
  /** null: it is gone. */
  rewrite(id: string, text: string): Promise<StoredAnnotation | null>;
  get(id: string): Promise<StoredAnnotation | null>;
  /** By the time that they are about. */
  list(query: AnnotationQuery): Promise<StoredAnnotation[]>;
  remove(id: string): Promise<void>;
  /** All of an imported log, of whichever charge points. */
  removeOf(importId: string): Promise<void>;
}

export interface AnnotationsOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}

const MAX_PER_LOG = 5_000;
const MAX_SHOWN = 1_000;

export function createAnnotations({ database, now, newId }: AnnotationsOptions): Annotations {
  const { query } = database;
  const of = (thingName: string, importId: string | null) =>
    query
      .selectFrom('annotations')
      .where('thing_name', '=', thingName)
      .where('import_id', '=', importId ?? '');
  const get = async (id: string): Promise<StoredAnnotation | null> => {
    const row = await query.selectFrom('annotations').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : fromRow(row);
  };
  return {
    async add(annotation) {
      const { thingName, importId } = annotation;
      const counted = await of(thingName, importId)
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirst();
      if (Number(counted?.count ?? 0) >= MAX_PER_LOG) return null;
      const stored = { ...annotation, id: newId(), createdAt: now(), editedAt: null };
      await database.write(query.insertInto('annotations').values(toRow(stored)).compile());
      return stored;
    },
    async rewrite(id, text) {
      const changed = query.updateTable('annotations').set({ text, edited_at: now() }).where('id', '=', id);
      await database.write(changed.compile());
      return get(id);
    },
    get,
    async list({ thingName, importId, from, to }) {
      const rows = await of(thingName, importId)
        .selectAll()
        .where('at', '>=', from)
        .where('at', '<', to)
        .orderBy('at')
        .orderBy('created_at')
        .limit(MAX_SHOWN)
        .execute();
      return rows.map(fromRow);
    },
    async remove(id) {
      await database.write(query.deleteFrom('annotations').where('id', '=', id).compile());
    },
    async removeOf(importId) {
      await database.write(query.deleteFrom('annotations').where('import_id', '=', importId).compile());
    },
  };
}

const toRow = (stored: StoredAnnotation): AnnotationRow => ({
  id: stored.id,
  thing_name: stored.thingName,
  import_id: stored.importId ?? '',
  at: stored.at,
  message_id: stored.messageId,
  text: stored.text,
  created_at: stored.createdAt,
  created_by: stored.createdBy,
  edited_at: stored.editedAt,
});

const fromRow = (row: AnnotationRow): StoredAnnotation => ({
  id: row.id,
  thingName: row.thing_name,
  importId: row.import_id === '' ? null : row.import_id,
  at: row.at,
  messageId: row.message_id,
  text: row.text,
  createdAt: row.created_at,
  createdBy: row.created_by,
  editedAt: row.edited_at,
});
