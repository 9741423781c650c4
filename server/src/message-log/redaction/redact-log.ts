import { randomBytes } from 'node:crypto';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { MessageLog, MessageQuery } from '../message-log.ts';
import { createRedactor, type Redactor } from './redactor.ts';
import { createSensitiveValues, type Redacted } from './sensitive-values.ts';

const PAGE = 500;

/** All rows of a search, page by page: any size of answer costs the memory of one page. */
export async function* rowsOf(
  log: Pick<MessageLog, 'query'>,
  filter: Omit<MessageQuery, 'limit'>,
): AsyncGenerator<LogRow[]> {
  let after = {};
  for (;;) {
    const rows = await log.query({ ...filter, ...after, limit: PAGE });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = { afterId: last.id };
  }
}

/**
 * Reads everything once for the values that are to be replaced: what one frame calls a token may stand in the free text of an
 * earlier one.
 */
export async function redactorFor(
  log: Pick<MessageLog, 'query'>,
  {
    filter,
    redact,
    visit,
  }: { filter: Omit<MessageQuery, 'limit'>; redact: ReadonlySet<Redacted>; visit?: (row: LogRow) => void },
): Promise<Redactor> {
  const values = createSensitiveValues(redact);
  for await (const rows of rowsOf(log, filter)) {
    for (const row of rows) {
      values.learn(row);
      visit?.(row);
    }
  }
  return createRedactor(values.found, randomBytes(32));
}
