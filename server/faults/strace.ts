import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What the system calls of a process are watched or meddled with. */
export interface Strace {
  /** Lets the process go on by itself. */
  detach(): Promise<void>;
}

/** Why it can't be used here; null when it can. */
export function missingStrace(): string | null {
  if (process.platform !== 'linux') return 'System calls are traced on Linux only.';
  if (spawnSync('strace', ['-V']).error !== undefined)
    return "strace is not installed. Get it with 'apt-get install strace' (Debian, Ubuntu).";
  if (spawnSync('strace', ['-o', '/dev/null', 'true']).status !== 0)
    return 'strace may not trace processes here: run it as root, or in a container with the capability SYS_PTRACE.';
  return null;
}

/** Resolves when every thread of the process is under it. */
export async function attachStrace(pid: number, args: readonly string[]): Promise<Strace> {
  const child: ChildProcess = spawn('strace', ['-f', '-p', String(pid), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = createInterface({ input: child.stderr as NonNullable<ChildProcess['stderr']> });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      if (/attached/.test(line)) resolve();
    });
    child.once('exit', () => reject(new Error(`strace ended: ${said.join(' ')}`)));
  });
  return {
    async detach() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      await exited;
    },
  };
}
