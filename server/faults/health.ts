import type { RunningServer } from '../test/support/run-server.ts';

export async function isReady({ port }: RunningServer): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
  return answer?.ok === true;
}

interface Health {
  database: { trouble: string | null };
  bus: { trouble: string | null };
  log: { trouble: string | null };
}

/** What staff see of it in the console. */
export async function troubleOf(server: RunningServer): Promise<string> {
  const { database, bus, log } = await server.api<Health>('GET', '/health');
  const parts = Object.entries({ database, bus, log });
  return parts.flatMap(([part, { trouble }]) => (trouble === null ? [] : [`${part}: ${trouble}`])).join('; ');
}
