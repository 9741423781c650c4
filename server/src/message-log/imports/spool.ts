import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { LoggedLine } from '../formats/logged-line.ts';
import type { TextLine } from '../formats/text-log.ts';
import { timeOrder } from '../formats/time-order.ts';

export type SpooledLine = { line: LoggedLine; verb: TextLine['verb'] };

/**
 * Lines on disk, given back in the order of their times: a log may be written in any order and be larger than memory. Costs
 * 20 bytes of memory a line.
 */
export function createSpool(path: string) {
  const file = openSync(path, 'w+');
  let capacity = 1 << 14;
  let times = new Float64Array(capacity);
  let places = new Float64Array(capacity);
  let lengths = new Uint32Array(capacity);
  let count = 0;
  let end = 0;
  let sorted = true;

  const grow = (): void => {
    capacity *= 2;
    const wider = <T extends Float64Array | Uint32Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    times = wider(times, new Float64Array(capacity));
    places = wider(places, new Float64Array(capacity));
    lengths = wider(lengths, new Uint32Array(capacity));
  };

  return {
    add(spooled: SpooledLine): void {
      const bytes = Buffer.from(JSON.stringify(spooled));
      if (count === capacity) grow();
      if (count > 0 && spooled.line.at < (times[count - 1] ?? 0)) sorted = false;
      times[count] = spooled.line.at;
      places[count] = end;
      lengths[count] = bytes.length;
      writeSync(file, bytes, 0, bytes.length, end);
      count += 1;
      end += bytes.length;
    },
    count: () => count,
    wasSorted: () => sorted,
    *inOrder(): Generator<SpooledLine> {
      for (const index of timeOrder(times.subarray(0, count))) {
        const bytes = Buffer.allocUnsafe(lengths[index] ?? 0);
        readSync(file, bytes, 0, bytes.length, places[index] ?? 0);
        yield JSON.parse(bytes.toString('utf8')) as SpooledLine;
      }
    },
    close: () => closeSync(file),
  };
}
