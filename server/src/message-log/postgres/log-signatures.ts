import type { Client } from 'pg';
import { BITS, BYTES_PER_BIT, blocksWith, type SignedGroup } from '../index/signature.ts';
import { type IdRange, packEnds, runsWith, unpackEnds, withGaps, within } from '../index/signed-blocks.ts';
import type { Select } from './log-reader.ts';

/** Consecutive groups become one, with all or nothing. */
export async function storeSigned(client: Pick<Client, 'query'>, groups: readonly SignedGroup[]): Promise<void> {
  const [first, last] = [groups[0]?.first, groups.at(-1)?.last];
  if (first === undefined || last === undefined) return;
  const ends = groups.flatMap((group) => group.ends.map((end) => group.first - first + end));
  const blocks = Array.from({ length: BITS }, (_, bit) =>
    Buffer.concat(groups.map(({ bits }) => bits.subarray(bit * BYTES_PER_BIT, (bit + 1) * BYTES_PER_BIT))),
  );
  await client.query(
    `with signed as (insert into message_log.signed_group values ($1, $2, $3))
    insert into message_log.signed_bit
      select $1, bit - 1, blocks from unnest($4::bytea[]) with ordinality as each (blocks, bit)`,
    [first, last, packEnds(ends), blocks],
  );
}

/** The parts of a window whose rows may have all of the bits, in rising order. What is not signed, the newest rows above all, may. */
export async function candidateRuns(window: IdRange, bits: readonly number[], select: Select): Promise<IdRange[]> {
  const groups = (await select(
    'select first, last, ends from message_log.signed_group where last >= $1 and first <= $2 order by first',
    [window.first, window.last],
  )) as (IdRange & { ends: Buffer })[];
  if (groups.length === 0) return [window];
  const rows = (await select(
    'select first, bit, blocks from message_log.signed_bit where first = any($1::bigint[]) and bit = any($2::smallint[])',
    [groups.map(({ first }) => first), bits],
  )) as { first: number; bit: number; blocks: Buffer }[];
  const blocksOf = new Map(rows.map(({ first, bit, blocks }) => [`${first} ${bit}`, blocks]));
  return withGaps(groups, window)
    .flatMap(({ group, ...piece }) => {
      if (group === null) return [piece];
      const blocks = blocksWith(bits, (bit) => blocksOf.get(`${group.first} ${bit}`));
      const runs = blocks === null ? [group] : runsWith(blocks, group.first, unpackEnds(group.ends));
      return runs.map((run) => within(run, piece));
    })
    .filter(({ first, last }) => first <= last);
}
