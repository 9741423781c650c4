import type { RunningExport } from '@cpo-console/shared/api/log.ts';

const KNOWN = 200;

interface Started extends RunningExport {
  by: string;
  stop: () => void;
}

interface Page {
  rows: number;
  /** Of the last of them. */
  at: number | null;
}

/** What tells how far an export is. */
export interface ExportProgress {
  /** What is to be replaced is looked for: nothing is sent yet. */
  onLooked(page: Page): void;
  onSent(page: Page): void;
  /** The first end counts. */
  end(how: 'done' | 'cancelled' | 'failed', problem: string | null): void;
}

/** How far exports are, for whoever began them and gave them an id. Of the last ones only. */
export function createRunningExports() {
  const known = new Map<string, Started>();
  const of = (id: string, by: string): Started | null => {
    const found = known.get(id);
    return found === undefined || found.by !== by ? null : found;
  };
  const add = (started: Started, { rows, at }: Page): void => {
    started.rows += rows;
    if (at !== null) started.at = new Date(at).toISOString();
  };
  return {
    /** null: the id is taken */
    start(id: string, { by, stop }: { by: string; stop: () => void }): ExportProgress | null {
      if (known.has(id)) return null;
      const started: Started = { id, rows: 0, at: null, status: 'preparing', problem: null, by, stop };
      known.set(id, started);
      const oldest = known.keys().next().value;
      if (known.size > KNOWN && oldest !== undefined) known.delete(oldest);
      const isOpen = (): boolean => started.status === 'preparing' || started.status === 'running';
      return {
        onLooked: (page) => add(started, page),
        onSent(page) {
          if (started.status === 'preparing') Object.assign(started, { status: 'running', rows: 0, at: null });
          add(started, page);
        },
        end(how, problem) {
          if (isOpen()) Object.assign(started, { status: how, problem });
        },
      };
    },
    get(id: string, by: string): RunningExport | null {
      const found = of(id, by);
      if (found === null) return null;
      const { rows, at, status, problem } = found;
      return { id, rows, at, status, problem };
    },
    cancel(id: string, by: string): boolean {
      const found = of(id, by);
      found?.stop();
      return found !== null;
    },
  };
}
