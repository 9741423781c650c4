import type { Shadow } from '@cpo-console/shared/api/things.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { ShadowRow } from '../../database/tables/registry.tables.ts';
import { checkSize, mergeState } from '../shadow-document.ts';
import type { Shadows, ShadowUpdate } from '../shadows.ts';

export interface EmbeddedShadowsOptions {
  database: Database;
  now: () => number;
}

type Edit = (shadow: Shadow) => Shadow | null;

interface Waiting {
  edit: Edit;
  resolve(shadow: Shadow): void;
  reject(error: unknown): void;
}

/** Shadows in our own database. What comes for one thing while its shadow is being written is written together. */
export function createEmbeddedShadows({ database, now }: EmbeddedShadowsOptions): Shadows {
  const { query } = database;
  const queues = new Map<string, Waiting[]>();
  const listeners = new Set<(update: ShadowUpdate) => void>();

  async function get(thingName: string): Promise<Shadow> {
    const row = await query.selectFrom('shadows').selectAll().where('thing_name', '=', thingName).executeTakeFirst();
    return row === undefined ? emptyShadow(thingName) : fromRow(row);
  }

  function change(thingName: string, edit: Edit): Promise<Shadow> {
    return new Promise((resolve, reject) => {
      const queue = queues.get(thingName);
      if (queue !== undefined) {
        queue.push({ edit, resolve, reject });
        return;
      }
      queues.set(thingName, [{ edit, resolve, reject }]);
      void drain(thingName);
    });
  }

  async function drain(thingName: string): Promise<void> {
    for (let batch = take(thingName); batch.length > 0; batch = take(thingName)) {
      try {
        const before = await get(thingName);
        batch.push(...take(thingName));
        const { shadow, settled } = applyAll(before, batch);
        await database.write(shadow === null ? remove(thingName) : upsert(shadow));
        for (const settle of settled) settle();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    queues.delete(thingName);
  }

  function take(thingName: string): Waiting[] {
    return queues.get(thingName)?.splice(0) ?? [];
  }

  function upsert(shadow: Shadow): CompiledQuery {
    const { thing_name, ...values } = toRow(shadow, now());
    return query
      .insertInto('shadows')
      .values({ thing_name, ...values })
      .onConflict((conflict) => conflict.column('thing_name').doUpdateSet(values))
      .compile();
  }

  function remove(thingName: string): CompiledQuery {
    return query.deleteFrom('shadows').where('thing_name', '=', thingName).compile();
  }

  function edited(state: (shadow: Shadow) => Shadow['state']): Edit {
    return (shadow) => {
      const next = state(shadow);
      checkSize(next);
      return { ...shadow, version: shadow.version + 1, state: next, timestamp: Math.floor(now() / 1000) };
    };
  }

  async function update(thingName: string, state: ShadowUpdate['state'], edit: Edit): Promise<Shadow> {
    const shadow = await change(thingName, edit);
    const { version, timestamp } = shadow;
    for (const listener of listeners) listener({ thingName, state, version, timestamp });
    return shadow;
  }

  return {
    get,
    async report(thingName, reported) {
      const edit = edited(({ state }) => ({ ...state, reported: mergeState(state.reported, reported) }));
      await update(thingName, { reported }, edit);
    },
    desire(thingName, desired) {
      const next = (state: Shadow['state']) => (desired === null ? {} : mergeState(state.desired, desired));
      return update(
        thingName,
        { desired },
        edited(({ state }) => ({ ...state, desired: next(state) })),
      );
    },
    onUpdate(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async remove(thingName) {
      await change(thingName, () => null);
    },
  };
}

/** An edit that is refused leaves the others as they are. */
function applyAll(before: Shadow, batch: readonly Waiting[]): { shadow: Shadow | null; settled: (() => void)[] } {
  let shadow: Shadow | null = before.version === 0 ? null : before;
  const settled = batch.map(({ edit, resolve, reject }) => {
    try {
      const after: Shadow | null = edit(shadow ?? emptyShadow(before.thingName));
      shadow = after;
      return () => resolve(after ?? emptyShadow(before.thingName));
    } catch (error) {
      return () => reject(error);
    }
  });
  return { shadow, settled };
}

function emptyShadow(thingName: string): Shadow {
  return { thingName, version: 0, state: { reported: {}, desired: {} }, timestamp: 0 };
}

function fromRow(row: ShadowRow): Shadow {
  return {
    thingName: row.thing_name,
    version: row.version,
    state: {
      reported: JSON.parse(row.reported) as Record<string, unknown>,
      desired: JSON.parse(row.desired) as Record<string, unknown>,
    },
    timestamp: Math.floor(row.updated_at / 1000),
  };
}

function toRow({ thingName, version, state }: Shadow, updatedAt: number): ShadowRow {
  return {
    thing_name: thingName,
    version,
    reported: JSON.stringify(state.reported),
    desired: JSON.stringify(state.desired),
    updated_at: updatedAt,
  };
}
