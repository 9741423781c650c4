import type { ChangedRecords } from '@cpo-console/shared/api/stream.ts';
import type { Records } from '../charge-points/records.ts';
import type { Transactions } from '../charge-points/transactions/transactions.ts';
import type { RunningCommandService } from '../csms/commands/create-command-service.ts';
import type { Presences } from '../csms/presences.ts';
import { changingStores } from '../live/changing-stores.ts';
import type { Team } from './team.ts';

export interface ShareRecordsOptions {
  team: Team;
  records: Records;
  commands: Pick<RunningCommandService, 'onOwnChange' | 'heard'>;
  onFault: (error: unknown) => void;
}

/** Tells the others what changes here, and takes in what they tell. */
export function shareRecords({ team, records, commands, onFault }: ShareRecordsOptions): void {
  const { news, instances } = team;
  const { transactions } = records;
  transactions.onSave(news.session);
  commands.onOwnChange(news.command);
  for (const [kind, stores] of Object.entries(changingStores(records))) {
    for (const store of stores)
      store.onChange((thingName) => news.changed({ thingName, records: kind as ChangedRecords['records'] }));
  }
  news.onNews((told) => {
    for (const session of told.sessions) transactions.heard(session);
    for (const command of told.commands) commands.heard(command);
  });
  // Nobody heard what was told while the broker was away.
  instances.onCome(() => transactions.readAnew().catch(onFault));
}

const CLOSE_WITHIN_MS = 10_000;

/** A session that goes on is changed where its charge point is connected, or was last. */
export function closeWhereItIs(
  transactions: Transactions,
  { instance, instances, askInstance, presences }: Team & { presences: Pick<Presences, 'get'> },
): Transactions {
  askInstance.serve('close-session', async (_thingName, body) => {
    const { id, by } = body as { id: string; by: string };
    await transactions.close(id, by);
    return null;
  });
  return {
    ...transactions,
    async close(id, by) {
      const session = await transactions.get(id);
      if (session === null) return null;
      const { thingName } = session;
      const at = presences.get(thingName)?.instance ?? instance;
      if (at === instance || !instances.isAlive(at)) return transactions.close(id, by);
      await askInstance.ask(at, { thingName, kind: 'close-session', body: { id, by }, withinMs: CLOSE_WITHIN_MS });
      return transactions.get(id);
    },
  };
}
