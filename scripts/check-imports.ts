import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenImports } from './import-rules.ts';

const ROOT = join(import.meta.dirname, '..');
const files = ['shared/src', 'server/src', 'web/src'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);
const broken = brokenImports(new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')])));
for (const line of broken) console.error(line);
console.log(`${files.length} files, ${broken.length} imports the wrong way`);
process.exit(broken.length > 0 ? 1 : 0);
