import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS, type Setting } from '../server/src/config/settings.ts';
import { createRouteTable } from '../server/src/csms/dispatch/route-table.ts';
import { ACTIONS } from '../shared/src/ocpp/actions.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../shared/src/ocpp-j/frame.ts';

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
  const rows = settings
    .filter(({ later }) => later !== true)
    .map((setting) => `| \`${setting.name}\` | ${defaultOf(setting)} | ${setting.meaning} |`);
  return ['| name | default | meaning |', '|---|---|---|', ...rows, ''].join('\n');
}

const defaultOf = (setting: Setting): string =>
  setting.defaultMeaning ?? (setting.default === null ? 'unset' : `\`${setting.default}\``);

function coverage(): string {
  const routes = createRouteTable({} as Parameters<typeof createRouteTable>[0]);
  const served = (version: OcppVersion, action: string): string => (routes[version].has(action) ? 'yes' : 'not yet');
  const sections = OCPP_VERSIONS.map((version) => {
    const actions = Object.entries(ACTIONS[version]);
    const asked = actions.filter(([, { from }]) => from !== 'csms');
    const sent = actions.filter(([, { from }]) => from !== 'charge-point');
    const rows = asked.map(([action, { block }]) => `| ${action} | ${block} | ${served(version, action)} |`);
    return [
      `## ${version.replace('ocpp', 'OCPP ')}: ${actions.length} actions`,
      '',
      `${asked.filter(([action]) => routes[version].has(action)).length} of ${asked.length} that a charge point calls are served; the others get NotImplemented.`,
      '',
      '| from the charge point | block | served |',
      '|---|---|---|',
      ...rows,
      '',
      `Any of these ${sent.length} can be sent to a charge point: ${sent.map(([action]) => action).join(', ')}.`,
      '',
    ].join('\n');
  });
  const head = [
    '# OCPP coverage',
    '',
    'Generated from the route tables by `node scripts/generate-docs.ts`.',
    '',
    '',
  ].join('\n');
  return head + sections.join('\n');
}

putSection('README.md', 'settings', settingsTable());
put('docs/reference/ocpp-coverage.md', coverage());

if (stale.length > 0) {
  console.error(`Out of step with the code: ${stale.join(', ')}. Run \`node scripts/generate-docs.ts\`.`);
  process.exit(1);
}
