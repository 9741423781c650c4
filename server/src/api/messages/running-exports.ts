import type { RunningExport } from '@cpo-console/shared/api/log.ts';

const KNOWN = 200;

interface Started extends RunningExport {
  by: string;
  stop: () => void;
}

/** How far exports are, for whoever began them and gave them an id. Of the last ones only. */
export function createRunningExports() {
  const known = new Map<string, Started>();
  const of = (id: string, by: string): Started | null => {
    const found = known.get(id);
    return found === undefined || found.by !== by ? null : found;
  };
  return {
    /** @returns what tells of its progress; null: the id is taken */
    start(id: string, { by, stop }: { by: string; stop: () => void }) {
      if (known.has(id)) return null;
      const started: Started = { id, rows: 0, at: null, status: 'running', by, stop };
      known.set(id, started);
      const oldest = known.keys().next().value;
      if (known.size > KNOWN && oldest !== undefined) known.delete(oldest);
      return {
        onRows(count: number, at: number): void {
          started.rows += count;
          started.at = new Date(at).toISOString();
        },
        end(how: 'done' | 'cancelled' | 'failed'): void {
          if (started.status === 'running') started.status = how;
        },
      };
    },
    get(id: string, by: string): RunningExport | null {
      const found = of(id, by);
      if (found === null) return null;
      const { rows, at, status } = found;
      return { id, rows, at, status };
    },
    cancel(id: string, by: string): boolean {
      const found = of(id, by);
      if (found === null) return false;
      if (found.status === 'running') {
        found.status = 'cancelled';
        found.stop();
      }
      return true;
    },
  };
}
