import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderBytes } from '../folder-bytes.ts';
import type { ImportedLog } from './imports.ts';

const FACTS = 'import.json';
const PART = '.part';

/**
 * Where imported logs are: what is not whole has a name that says so, and is removed at the next start. Its sender has it still.
 */
export function importFolders(folder: string) {
  const partOf = (id: string): string => join(folder, `${id}${PART}`);
  const wholeOf = (id: string): string => join(folder, id);
  return {
    partOf,
    wholeOf,
    /** What came, and what was made on the way, goes; the rest counts from now on. */
    async finish(imported: ImportedLog): Promise<ImportedLog> {
      const part = partOf(imported.id);
      for (const name of ['upload', 'spool']) await rm(join(part, name), { force: true });
      const whole = { ...imported, bytes: folderBytes(part) };
      await writeFile(join(part, FACTS), JSON.stringify(whole), { flush: true });
      await rename(part, wholeOf(imported.id));
      return whole;
    },
    async remove(id: string): Promise<void> {
      await rename(wholeOf(id), partOf(id)).catch(() => {});
      await rm(partOf(id), { recursive: true, force: true });
    },
    async read(): Promise<Map<string, ImportedLog>> {
      const imports = new Map<string, ImportedLog>();
      for (const name of await readdir(folder)) {
        const text = name.endsWith(PART) ? null : await readFile(join(folder, name, FACTS), 'utf8').catch(() => null);
        if (text === null) await rm(join(folder, name), { recursive: true, force: true });
        else {
          // Those of before they were counted do not say how large they are.
          const bytes = text.includes('"bytes"') ? {} : { bytes: folderBytes(join(folder, name)) };
          imports.set(name, { ...(JSON.parse(text) as ImportedLog), ...bytes });
        }
      }
      return imports;
    },
  };
}
