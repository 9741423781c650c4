import type { HistogramQuery } from '../message-log.ts';

/** Rows counted in each of equal parts of a range. */
export interface LogHistogram {
  /** Milliseconds of one part. */
  step: number;
  counts: number[];
  /** Of these, answers with an error, texts that are no frame, and frames that broke a rule. */
  troubled: number[];
  /** Rows from before this were not counted: it would have taken too long. Else null. */
  cutAt: number | null;
}

export interface Counted {
  part: number;
  rows: number;
  troubled: number;
}

export function createHistogram({ from, to, parts }: Pick<HistogramQuery, 'from' | 'to' | 'parts'>) {
  const step = Math.max(1, Math.ceil((to - from) / parts));
  const count = Math.max(1, Math.ceil((to - from) / step));
  const counts = new Array<number>(count).fill(0);
  const troubled = new Array<number>(count).fill(0);
  return {
    step,
    add({ part, rows, troubled: bad }: Counted): void {
      counts[part] = (counts[part] ?? 0) + rows;
      troubled[part] = (troubled[part] ?? 0) + bad;
    },
    result: (cutAt: number | null): LogHistogram => ({ step, counts, troubled, cutAt }),
  };
}
