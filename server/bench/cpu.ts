/** What a measured server tells the harness over its IPC channel, in microseconds. */
export interface CpuReport {
  processUs: number;
  eventLoopUs: number;
  rssBytes: number;
}
export type ServerMessage = { kind: 'ready'; port: number } | ({ kind: 'cpu' } & CpuReport);

/**
 * Tells the harness the port, then answers each of its questions with the CPU time used so far. Before `settled`, what
 * is garbage goes and V8 gives back what it keeps for a next burst: that depends on the work just done, not on how many
 * are connected.
 */
export function reportCpu(port: number): void {
  const send = (message: ServerMessage): void => {
    process.send?.(message);
  };
  process.on('message', (question) => {
    if (question === 'settled') globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    const all = process.cpuUsage();
    const own = process.threadCpuUsage();
    const rssBytes = process.memoryUsage().rss;
    send({ kind: 'cpu', processUs: all.user + all.system, eventLoopUs: own.user + own.system, rssBytes });
  });
  process.on('disconnect', () => process.exit(0));
  send({ kind: 'ready', port });
}
