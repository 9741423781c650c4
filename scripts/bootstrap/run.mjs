import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ORPHAN_CHECK_MS = 250;

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const inRoot = (/** @type {string[]} */ ...parts) => join(ROOT, ...parts);

/** @param {string} problem @returns {never} */
export function fail(problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

/**
 * Runs a step whose output matters only when it fails.
 * @param {string} what said before, with the time that it took after
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function step(what, command, args, options = {}) {
  const startedAt = Date.now();
  const { code, output } = await captured(command, args, options);
  if (code !== 0) fail(`${what} failed:\n${output}`);
  process.stdout.write(`${what}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function captured(command, args, { cwd = ROOT, env = process.env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes) => {
        output += bytes;
      });
    }
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Hands the terminal over. Signals to us are the child's: it stops cleanly, and we end with its code.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export function inForeground(command, args, env = process.env) {
  return together([{ command, args, env }]);
}

/**
 * Several at once in one terminal. When one ends, the others are ended too; the code is that of the first.
 * @param {{ command: string, args: string[], cwd?: string, env?: NodeJS.ProcessEnv }[]} commands
 * @returns {Promise<number>}
 */
export async function together(commands) {
  const children = commands.map(({ command, args, cwd = ROOT, env = process.env }) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit', shell: process.platform === 'win32' });
    /** @type {Promise<number>} */
    const ended = new Promise((resolve) => {
      child.on('error', (error) => fail(`${command}: ${error.message}`));
      child.on('exit', (code) => resolve(code ?? 1));
    });
    return { child, ended };
  });
  const tell = (/** @type {NodeJS.Signals} */ signal) => {
    for (const { child } of children) child.kill(signal);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // A terminal's Ctrl-C reaches the children by itself; passing it on twice is harmless.
    process.on(signal, () => tell(signal));
  }
  // npm runs us in a shell, and a SIGTERM to npm ends that shell without a word to us: the children must stop all the same.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) tell('SIGTERM');
  }, ORPHAN_CHECK_MS).unref();
  const code = await Promise.race(children.map(({ ended }) => ended));
  tell('SIGTERM');
  await Promise.all(children.map(({ ended }) => ended));
  return code;
}
