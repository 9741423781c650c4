import type { ProfileTemplate } from '@cpo-console/shared/api/charging.ts';
import type { ProfileDraft } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import type { Database } from '../../database/database.ts';
import type { ProfileTemplateRow } from '../../database/tables/smart-charging.tables.ts';

export interface NewTemplate {
  name: string;
  profile: ProfileDraft;
  by: string;
}

/** Charging profiles kept to be set again. Names are unique. */
export interface ProfileTemplates {
  /** Sorted by name. */
  list(): Promise<ProfileTemplate[]>;
  get(id: string): Promise<ProfileTemplate | null>;
  /** null: the name is taken. */
  create(template: NewTemplate): Promise<ProfileTemplate | null>;
  replace(id: string, template: NewTemplate): Promise<ProfileTemplate | 'unknown' | 'name-taken'>;
  remove(id: string): Promise<boolean>;
}

export function createProfileTemplates({
  database,
  now,
  newId,
}: {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}): ProfileTemplates {
  const { query } = database;

  async function get(id: string): Promise<ProfileTemplate | null> {
    const row = await query.selectFrom('profile_templates').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : toTemplate(row);
  }

  async function isTaken(name: string, except: string | null): Promise<boolean> {
    const row = await query.selectFrom('profile_templates').select('id').where('name', '=', name).executeTakeFirst();
    return row !== undefined && row.id !== except;
  }

  const changes = ({ name, profile, by }: NewTemplate) => ({
    name,
    content: JSON.stringify(profile),
    updated_at: now(),
    updated_by: by,
  });

  return {
    get,
    async list() {
      const rows = await query.selectFrom('profile_templates').selectAll().orderBy('name').execute();
      return rows.map(toTemplate);
    },
    async create(template) {
      if (await isTaken(template.name, null)) return null;
      const row = { id: newId(), created_at: now(), ...changes(template) };
      await database.write(query.insertInto('profile_templates').values(row).compile());
      return toTemplate(row);
    },
    async replace(id, template) {
      const known = await get(id);
      if (known === null) return 'unknown';
      if (await isTaken(template.name, id)) return 'name-taken';
      const changed = changes(template);
      await database.write(query.updateTable('profile_templates').set(changed).where('id', '=', id).compile());
      return toTemplate({ id, created_at: Date.parse(known.createdAt), ...changed });
    },
    async remove(id) {
      if ((await get(id)) === null) return false;
      await database.write(query.deleteFrom('profile_templates').where('id', '=', id).compile());
      return true;
    },
  };
}

function toTemplate(row: ProfileTemplateRow): ProfileTemplate {
  return {
    id: row.id,
    name: row.name,
    profile: JSON.parse(row.content) as ProfileDraft,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    updatedBy: row.updated_by,
  };
}
