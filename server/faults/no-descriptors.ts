import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connectRaw } from '../test/support/raw-charge-point.ts';
import type { RunningServer } from '../test/support/run-server.ts';
import type { Fault } from './fault.ts';
import { startWith } from './start.ts';
import { until } from './until.ts';

const SPARE = 20;
const STRANGERS = 200;
const HEARTBEATS = 50;

/** The process may open no more files: whoever is connected is served, others are turned away until there is room again. */
export const noDescriptors: Fault = {
  name: 'no-descriptors',
  missing: () => (isThere('prlimit') ? null : 'It takes prlimit, which is in util-linux on Linux.'),
  async run() {
    const server = await startWith();
    const problems: string[] = [];
    let strangers: Socket[] = [];
    try {
      for (const thingName of ['FIRST', 'LATER']) await server.api('POST', '/things', { thingName });
      const first = await connectRaw(server.port, 'FIRST', 'ocpp2.0.1');
      const limit = openFiles(server) + SPARE;
      execFileSync('prlimit', ['--pid', String(server.pid), `--nofile=${limit}`]);
      strangers = Array.from({ length: STRANGERS }, () =>
        connect(server.port, '127.0.0.1').on('error', () => undefined),
      );
      await until(() => strangers.some((socket) => socket.destroyed), 'One stranger too many is turned away');
      for (let n = 0; n < HEARTBEATS; n += 1) await first.ask(`[2,"h${n}","Heartbeat",{}]`);
      for (const socket of strangers) socket.destroy();
      await until(() => openFiles(server) < limit - SPARE / 2, 'There is room again');
      const later = await connectRaw(server.port, 'LATER', 'ocpp2.0.1');
      await later.ask('[2,"a","Heartbeat",{}]');
      if (!server.isRunning()) problems.push('The process has ended');
      const figures = [
        `${limit} files at most, ${STRANGERS} strangers: ${HEARTBEATS} of ${HEARTBEATS} answered meanwhile`,
      ];
      return { figures, problems };
    } finally {
      for (const socket of strangers) socket.destroy();
      await server.stop();
    }
  },
};

const openFiles = ({ pid }: RunningServer): number => readdirSync(`/proc/${pid}/fd`).length;

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
