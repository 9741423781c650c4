import { randomBytes } from 'node:crypto';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { MessageLog, MessageQuery } from '../message-log.ts';
import { createRedactor, type Redactor } from './redactor.ts';
import { createSensitiveValues, type Redacted } from './sensitive-values.ts';

const PAGE = 500;

export interface Rows {
  log: Pick<MessageLog, 'query'>;
  filter: Omit<MessageQuery, 'limit'>;
  /** What came after it is left out: a search of a log that grows would not end. */
  lastId: number;
  /** Ends the reading between two pages. */
  signal: AbortSignal;
}

/** All rows of a search, page by page: any size of answer costs the memory of one page. */
export async function* rowsOf({ log, filter, lastId, signal }: Rows): AsyncGenerator<LogRow[]> {
  let afterId = filter.order === 'asc' ? 0 : lastId + 1;
  for (;;) {
    signal.throwIfAborted();
    const page = await log.query({ ...filter, afterId, limit: PAGE });
    const rows = page.filter(({ id }) => id <= lastId);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    afterId = rows.at(-1)?.id ?? afterId;
  }
}

/**
 * Reads everything once for the values that are to be replaced: what one frame calls a token may stand in the free text of an
 * earlier one.
 */
export async function redactorFor(
  rows: Rows,
  { redact, visit }: { redact: ReadonlySet<Redacted>; visit: (rows: readonly LogRow[]) => void },
): Promise<Redactor> {
  const values = createSensitiveValues(redact);
  for await (const page of rowsOf(rows)) {
    for (const row of page) values.learn(row);
    visit(page);
  }
  return createRedactor(values.found, randomBytes(32));
}
