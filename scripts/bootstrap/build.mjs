import { existsSync } from 'node:fs';
import { inRoot, step } from './run.mjs';
import { hashOf, isFresh, setStamp } from './stamp.mjs';

/** Compiles the schemas of OCPP to code. */
export function buildValidators() {
  return unlessFresh('validators', ['shared/build', 'shared/src/ocpp', 'shared/src/ocpp-j', 'pnpm-lock.yaml'], {
    made: 'shared/generated/validators/v21.mjs',
    run: () => step('Validators', 'node', ['shared/build/build-validators.ts']),
  });
}

export function buildWeb() {
  return unlessFresh(
    'web',
    ['web/src', 'web/public', 'web/index.html', 'web/vite.config.ts', 'shared/src', 'pnpm-lock.yaml'],
    {
      made: 'web/dist/index.html',
      run: () => step('Web app', 'pnpm', ['--filter', './web', 'build']),
    },
  );
}

/**
 * @param {string} name
 * @param {string[]} sources
 * @param {{ made: string, run: () => Promise<void> }} build
 */
async function unlessFresh(name, sources, { made, run }) {
  const hash = hashOf(sources);
  if (isFresh(name, hash) && existsSync(inRoot(made))) return;
  await run();
  setStamp(name, hash);
}
