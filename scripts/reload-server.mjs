// The server for `npm run dev`: started again when its sources change. Node's own --watch talks to worker threads' parents.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { inRoot, ROOT } from './bootstrap/run.mjs';

const SETTLE_MS = 200;

const start = () => spawn('node', ['server/src/main.ts'], { cwd: ROOT, stdio: 'inherit' });
let server = start();
let restarting = Promise.resolve();
/** @type {NodeJS.Timeout | undefined} */
let timer;

async function end() {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
}

async function restart() {
  await end();
  process.stdout.write('\nThe sources changed: starting again\n');
  server = start();
}

for (const folder of ['server/src', 'shared/src', 'shared/generated']) {
  watch(inRoot(folder), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      restarting = restarting.then(restart);
    }, SETTLE_MS);
  });
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => void restarting.then(end).then(() => process.exit(0)));
}
