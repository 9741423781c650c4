import { testDatabaseUrl } from '../../database/testing/open-test-database.ts';
import { openMessageLog } from '../journaled-message-log.ts';
import type { MessageLog } from '../message-log.ts';

/** Of a folder; in the project `postgres` its rows go to the database of that folder. */
export async function openTestLog(dataDir: string): Promise<MessageLog> {
  const url = await testDatabaseUrl(dataDir);
  return openMessageLog({ dataDir, postgres: url === null ? null : { url, idsAfter: 0 } });
}
