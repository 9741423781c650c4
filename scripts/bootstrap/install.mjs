import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { isNewEnough } from './node-version.mjs';
import { fail, inRoot, step } from './run.mjs';
import { hashOf, isFresh, setStamp } from './stamp.mjs';

/** The package manager, and a newer Node.js where this one is too old, first on the PATH of whatever we start. */
export async function toolPath() {
  const tools = inRoot('scripts', 'tools');
  const hash = hashOf(['scripts/tools/package-lock.json']) + process.platform + process.arch;
  if (!isFresh('tools', hash) || !existsSync(`${tools}/node_modules`)) {
    await step('Tools', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: tools,
    });
    setStamp('tools', hash);
  }
  const path = [`${tools}/node_modules/.bin`];
  if (!isNewEnough(process.version)) path.unshift(fetchedNode(tools));
  process.env.PATH = [...path, process.env.PATH].join(delimiter);
}

/** @param {string} tools */
function fetchedNode(tools) {
  const folder = `${tools}/node_modules/node-${process.platform}-${process.arch}/bin`;
  if (existsSync(folder)) return folder;
  return fail(`Node.js 22.19 or newer is needed; this is ${process.version}. Get it from https://nodejs.org`);
}

/**
 * @param {'product' | 'everything'} scope the product is server and web with what they need to be built and to run; tools
 * for those who work on it come with everything
 */
export async function installPackages(scope) {
  const hash = hashOf(['pnpm-lock.yaml', 'pnpm-workspace.yaml']);
  const isInstalled = existsSync(inRoot('server/node_modules'));
  if (isInstalled && (isFresh('packages-everything', hash) || isFresh(`packages-${scope}`, hash))) return;
  const filter = ['--filter', '@cpo-console/server...', '--filter', '@cpo-console/web...'];
  // CI=true: no question may stop this, also where no terminal could answer it.
  const env = { ...process.env, CI: 'true' };
  const install = scope === 'product' ? [...filter, 'install', '--prod'] : ['install'];
  await step('Packages', 'pnpm', [...install, '--frozen-lockfile', '--reporter=append-only'], { env });
  setStamp(`packages-${scope}`, hash);
}
