import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// The real go.mjs in a small repository, with package managers that only write down what they were asked for.

let root: string;
const at = (path: string): string => join(root, path);

function put(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text, { mode });
}

const NOTE = `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';\nconst note = (line) => appendFileSync('steps.log', line + '\\n');\n`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'go-'));
  cpSync(join(import.meta.dirname, 'go.mjs'), at('scripts/go.mjs'));
  cpSync(join(import.meta.dirname, 'bootstrap'), at('scripts/bootstrap'), { recursive: true });
  put('scripts/tools/package-lock.json', '{}');
  put('pnpm-lock.yaml', 'packages: 1');
  put('pnpm-workspace.yaml', '');
  put('web/src/main.tsx', 'one');
  put('shared/src/ocpp/actions.ts', 'one');
  put('server/src/main.ts', `${NOTE}note('server');`);
  put(
    'shared/build/build-validators.ts',
    `${NOTE}note('validators');\nmkdirSync('shared/generated/validators', { recursive: true });\nwriteFileSync('shared/generated/validators/v21.mjs', '');`,
  );
  put(
    'pnpm',
    '#!/bin/sh\necho "pnpm $*" >> steps.log\ncase "$*" in *install*) mkdir -p server/node_modules;; *build*) [ ! -e broken ] || exit 1; mkdir -p web/dist; : > web/dist/index.html;; esac\n',
    0o755,
  );
  put(
    'bin/npm',
    '#!/bin/sh\necho "npm $*" >> ../../steps.log\nmkdir -p node_modules/.bin\ncp ../../pnpm node_modules/.bin/pnpm\n',
    0o755,
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What was done, in short, and how it ended. */
async function go(command = 'start'): Promise<{ steps: string[]; code: number; output: string }> {
  rmSync(at('steps.log'), { force: true });
  const env = { ...process.env, PATH: `${at('bin')}${delimiter}${process.env.PATH}` };
  const child = spawn(process.execPath, [at('scripts/go.mjs'), command], { cwd: root, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
  const [code] = (await once(child, 'close')) as [number];
  const lines = existsSync(at('steps.log')) ? readFileSync(at('steps.log'), 'utf8').trim().split('\n') : [];
  // Validators and web app are built at the same time.
  return { steps: lines.map((line) => nameOf(line)).sort(), code, output };
}

function nameOf(line: string): string {
  if (line.startsWith('npm ci')) return 'tools';
  if (/^pnpm .*install/.test(line)) return line.includes('--filter') ? 'packages of the product' : 'all packages';
  return line.startsWith('pnpm') ? 'web' : line;
}

describe('npm start', () => {
  it('installs and builds what is missing, the second time nothing', async () => {
    expect(await go()).toMatchObject({
      steps: ['packages of the product', 'server', 'tools', 'validators', 'web'],
      code: 0,
    });
    expect(await go()).toMatchObject({ steps: ['server'], code: 0 });
  });

  it.each([
    ['a source of the web app', 'web/src/main.tsx', ['web']],
    ['a new file of the web app', 'web/src/new.tsx', ['web']],
    ['a schema', 'shared/src/ocpp/actions.ts', ['validators', 'web']],
    ['the lock file', 'pnpm-lock.yaml', ['packages of the product', 'validators', 'web']],
    ['the tools', 'scripts/tools/package-lock.json', ['tools']],
    ['the server', 'server/src/main.ts', []],
  ])('after a change of %s does again what depends on it', async (_what, path, steps) => {
    await go();
    mkdirSync(dirname(at(path)), { recursive: true });
    appendFileSync(at(path), '\n// changed');
    expect((await go()).steps).toEqual([...steps, 'server'].sort());
    expect((await go()).steps).toEqual(['server']);
  });

  it.each([
    ['web/dist', ['server', 'web']],
    ['shared/generated', ['server', 'validators']],
    ['server/node_modules', ['packages of the product', 'server']],
    ['scripts/tools/node_modules', ['server', 'tools']],
    ['.cache', ['packages of the product', 'server', 'tools', 'validators', 'web']],
  ])('makes %s again when it is gone', async (path, steps) => {
    await go();
    rmSync(at(path), { recursive: true });
    expect((await go()).steps).toEqual(steps);
  });

  it('tries again what failed, and does not start on half of it', async () => {
    put('broken', '');
    const failed = await go();
    expect(failed).toMatchObject({ code: 1, output: expect.stringContaining('Web app failed') });
    expect(failed.steps).not.toContain('server');
    rmSync(at('broken'));
    expect((await go()).steps).toEqual(expect.arrayContaining(['server', 'web']));
  });

  it('installs the test tools when they are first asked for', async () => {
    await go();
    expect((await go('bench')).steps).toEqual(['all packages']);
    expect((await go()).steps).toEqual(['server']);
  });
});

it('an unknown command is told, with those that there are', async () => {
  const { code, output } = await go('fly');
  expect(code).toBe(1);
  expect(output).toMatch(/Unknown command "fly".*start, dev/);
});
