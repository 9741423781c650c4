import { Client } from 'pg';
import { connectionOptions } from '../../database/postgres/connection-options.ts';
import { noConnection } from '../../database/postgres/failure.ts';
import { withoutNul } from '../../database/postgres/nul.ts';
import { pinsOfDay } from '../kept/keep-pinned.ts';
import type { LogPlan, PinnedRange } from '../kept/log-plan.ts';
import { dayNumber, dayText, startOfDay, tableOf } from './log-tables.ts';

/**
 * Drops the tables of days that go. What is pinned of a day is copied first, and takes the place of its table in the same
 * transaction: cut off at any place it can be run again.
 */
export async function pruneDays(url: string, { before, pinned }: LogPlan): Promise<void> {
  const client = new Client({ ...connectionOptions(url), statement_timeout: 0 });
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw noConnection(error, url);
  });
  try {
    const { rows } = await client.query('select day, pins from message_log.day order by day');
    const days = rows as { day: number; pins: string | null }[];
    // The newest stays until there is a newer one.
    for (const { day, pins } of days.slice(0, -1)) {
      const wanted = pinsOfDay(dayText(day), pinned);
      const goes = pins === null ? before !== null && day < dayNumber(before) : pins !== JSON.stringify(wanted);
      if (goes) await cut(client, day, wanted);
    }
    await client.query(
      'delete from message_log.tick where at < (select min(day) from message_log.day where pins is null) * $1::bigint',
      [startOfDay(1)],
    );
    await client.query(
      `with gone as (
        delete from message_log.signed_group where last < (
          select min(id) from message_log.message where day = (select min(day) from message_log.day where pins is null)
        ) returning first
      ) delete from message_log.signed_bit where first in (select first from gone)`,
    );
  } finally {
    await client.end();
  }
}

/** Leaves only what is pinned of a day. */
async function cut(client: Client, day: number, pins: readonly PinnedRange[]): Promise<void> {
  const table = tableOf(day);
  const part = `${table}_pinned`;
  await client.query('begin');
  try {
    await client.query(`create table ${part} (like ${table} including all)`);
    const { rowCount } = await client.query(
      `insert into ${part} select m.* from ${table} m where exists (
        select 1 from unnest($1::text[], $2::bigint[], $3::bigint[]) as pin (thing, first, until)
        where pin.thing = m.thing and m.at >= pin.first and m.at < pin.until)`,
      [pins.map(({ thingName }) => withoutNul(thingName)), pins.map(({ from }) => from), pins.map(({ to }) => to)],
    );
    // Only from here on do readers wait.
    await client.query(`drop table ${table}`);
    if (rowCount === 0) {
      await client.query(`drop table ${part}`);
      await client.query('delete from message_log.day where day = $1', [day]);
    } else {
      await client.query(`alter table ${part} rename to ${table.split('.').at(-1)}`);
      await client.query(`alter table message_log.message attach partition ${table} for values in (${day})`);
      await client.query('update message_log.day set pins = $2 where day = $1', [day, JSON.stringify(pins)]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
