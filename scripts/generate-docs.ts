import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS, type Setting } from '../server/src/config/settings.ts';
import { coverageText } from './ocpp-coverage.ts';

/**
 * Writes the parts of the docs that are facts of the code. With `--check` it writes nothing and fails when a part is out
 * of step.
 */
const ROOT = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const stale: string[] = [];

function put(file: string, text: string): void {
  const path = join(ROOT, file);
  const before = readIfThere(path);
  if (before === text) return;
  if (check) stale.push(file);
  else writeFileSync(path, text);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Replaces what stands between the two marks of a section. */
function putSection(file: string, name: string, body: string): void {
  const before = readFileSync(join(ROOT, file), 'utf8');
  const marks = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!marks.test(before)) throw new Error(`${file} has no section ${name}`);
  put(
    file,
    before.replace(marks, (_all, open: string, close: string) => `${open}${body}${close}`),
  );
}

function settingsTable(): string {
  const settings: readonly Setting[] = SETTINGS;
  const rows = settings.map((setting) => `| \`${setting.name}\` | ${defaultOf(setting)} | ${setting.meaning} |`);
  return ['| name | default | meaning |', '|---|---|---|', ...rows, ''].join('\n');
}

const defaultOf = (setting: Setting): string =>
  setting.defaultMeaning ?? (setting.default === null ? 'unset' : `\`${setting.default}\``);

putSection('README.md', 'settings', settingsTable());
put('docs/reference/ocpp-coverage.md', coverageText());

if (stale.length > 0) {
  console.error(`Out of step with the code: ${stale.join(', ')}. Run \`node scripts/generate-docs.ts\`.`);
  process.exit(1);
}
