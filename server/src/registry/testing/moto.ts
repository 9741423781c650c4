import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../../test/support/free-port.ts';

/** AWS IoT's control plane as moto does it: the shapes of requests and answers, laxer than AWS. */
export interface Moto {
  readonly url: string;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const hasMoto = spawnSync('python3', ['-c', 'import moto.server, flask'], { stdio: 'ignore' }).status === 0;
if (!hasMoto) {
  process.stderr.write(
    "Nothing is tried with moto's AWS IoT: it is not installed. Get it with 'pip install \"moto[server]\"'.\n",
  );
}

export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const program = 'from moto.server import main; import sys; main(sys.argv[1:])';
  const child = spawn('python3', ['-c', program, '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const reset = (): Promise<boolean> =>
    fetch(`${url}/moto-api/reset`, { method: 'POST' }).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await reset())) {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    async reset() {
      await reset();
    },
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
