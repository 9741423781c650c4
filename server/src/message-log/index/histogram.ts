import type Database from 'better-sqlite3';
import type { HistogramQuery } from '../message-log.ts';
import { KINDS } from './day-file.ts';

/** Rows counted in each of equal parts of a range. */
export interface LogHistogram {
  /** Milliseconds of one part. */
  step: number;
  counts: number[];
  /** Of these, answers with an error, texts that are no frame, and frames that broke a rule. */
  troubled: number[];
}

interface Part {
  part: number;
  rows: number;
  troubled: number;
}

const isTroubled = `m.error_code IS NOT NULL OR m.violations IS NOT NULL OR m.kind = ${KINDS.indexOf('malformed')}`;

export function createHistogram({ from, to, parts }: Pick<HistogramQuery, 'from' | 'to' | 'parts'>) {
  const step = Math.max(1, Math.ceil((to - from) / parts));
  const count = Math.max(1, Math.ceil((to - from) / step));
  const counts = new Array<number>(count).fill(0);
  const troubled = new Array<number>(count).fill(0);
  const sql = (where: string): string =>
    `SELECT CAST((m.at - ?) / ? AS INTEGER) AS part, count(*) AS rows, sum(${isTroubled}) AS troubled FROM message m ${where} GROUP BY 1`;

  return {
    count(file: Database.Database, { where, parameters }: { where: string; parameters: (string | number)[] }): void {
      for (const each of file.prepare(sql(where)).iterate(from, step, ...parameters)) {
        const { part, rows, troubled: bad } = each as Part;
        counts[part] = (counts[part] ?? 0) + rows;
        troubled[part] = (troubled[part] ?? 0) + bad;
      }
    },
    result: (): LogHistogram => ({ step, counts, troubled }),
  };
}
