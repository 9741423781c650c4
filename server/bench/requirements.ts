interface UserLimits {
  open_files?: { soft: number | string };
}

/** Files that a process has open beside its sockets. */
const SPARE_FILES = 200;

/** What this machine lacks to measure with that many connections, with how to get it; null when it lacks nothing. */
export function missingForBench(connections: number): string | null {
  if (typeof process.threadCpuUsage !== 'function') {
    return `The CPU time of a thread is told by Node.js 24 or newer; this is ${process.version}. Get it from https://nodejs.org`;
  }
  const needed = connections + SPARE_FILES;
  const { soft } = (process.report.getReport() as { userLimits?: UserLimits }).userLimits?.open_files ?? {};
  if (typeof soft === 'number' && soft < needed) {
    return `${connections} connections need ${needed} open files; this shell allows ${soft}. Raise it with: ulimit -n ${needed}`;
  }
  return null;
}
