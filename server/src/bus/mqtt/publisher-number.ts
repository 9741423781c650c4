import type { mqtt5 } from 'aws-iot-device-sdk-v2';

const PROPERTY = 'cpo-console';
/** More than a publisher may have on the way unacknowledged, and so more than it may ever have to send again. */
const WINDOW = 65_536;
/** Publishers that are remembered: many times the instances that there are. */
const MAX_PUBLISHERS = 1_000;

interface Seen {
  /** One bit for each of the last WINDOW numbers. */
  bits: Uint32Array;
  highest: number;
}

/** Says which message this is: a publisher that lost its connection can't know what arrived, and sends it again. */
export const numberProperty = (publisher: string, number: number): mqtt5.UserProperty => ({
  name: PROPERTY,
  value: `${publisher} ${number}`,
});

/** Numbers for all that one process publishes. */
export function createNumbers(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}

/** Remembers what came from each publisher. */
export interface RepeatFilter {
  /** @returns true for a message that came before; one without a number never did */
  isRepeat(properties: readonly mqtt5.UserProperty[] | undefined): boolean;
}

export function createRepeatFilter(): RepeatFilter {
  const publishers = new Map<string, Seen>();

  function seenOf(publisher: string): Seen {
    const known = publishers.get(publisher);
    if (known !== undefined) return known;
    const oldest = publishers.size >= MAX_PUBLISHERS ? publishers.keys().next().value : undefined;
    if (oldest !== undefined) publishers.delete(oldest);
    const seen = { bits: new Uint32Array(WINDOW / 32), highest: -1 };
    publishers.set(publisher, seen);
    return seen;
  }

  return {
    isRepeat(properties) {
      const value = properties?.find(({ name }) => name === PROPERTY)?.value;
      const match = value === undefined ? null : /^([\w-]{1,64}) (\d{1,15})$/.exec(value);
      if (match === null) return false;
      return take(seenOf(match[1] ?? ''), Number(match[2]));
    },
  };
}

/** @returns true when the number was taken before */
function take(seen: Seen, number: number): boolean {
  const { bits, highest } = seen;
  if (number <= highest - WINDOW) return false;
  if (number > highest) {
    if (number - highest >= WINDOW) bits.fill(0);
    else for (let between = highest + 1; between < number; between += 1) clear(bits, between);
    seen.highest = number;
    set(bits, number);
    return false;
  }
  const before = has(bits, number);
  set(bits, number);
  return before;
}

const placeOf = (number: number): number => (number % WINDOW) >>> 5;
const bitOf = (number: number): number => 1 << (number % 32);

function has(bits: Uint32Array, number: number): boolean {
  return ((bits[placeOf(number)] ?? 0) & bitOf(number)) !== 0;
}
function set(bits: Uint32Array, number: number): void {
  bits[placeOf(number)] = (bits[placeOf(number)] ?? 0) | bitOf(number);
}
function clear(bits: Uint32Array, number: number): void {
  bits[placeOf(number)] = (bits[placeOf(number)] ?? 0) & ~bitOf(number);
}
