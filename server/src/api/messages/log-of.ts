import type { MessageLog } from '../../message-log/message-log.ts';
import type { ApiDeps } from '../api-deps.ts';
import { notFound } from '../errors.ts';

/** The imported log that a query names, or the live one. */
export async function logOf(
  query: { import?: string | undefined },
  { log, imports }: Pick<ApiDeps, 'log' | 'imports'>,
): Promise<MessageLog> {
  if (query.import === undefined) return log;
  const imported = await imports.log(query.import);
  if (imported === null) throw notFound(`imported log ${query.import} that could be read`);
  return imported;
}
