import { resolved, type Schema } from '../test/support/example-payloads.ts';
import { ODD_NAMES, ODD_NUMBERS, ODD_TEXTS, ODD_TIMES } from './odd-values.ts';
import type { Random } from './random.ts';

type Json = unknown;
type Holder = Record<string | number, Json>;

/** A value in a payload, with what its schema says of it. */
interface Place {
  holder: Holder;
  key: string | number;
  schema: Schema;
}

const MAX_CHANGES = 3;

/** A copy of a payload with one to three values that its schema does not expect, or hardly. */
export function mutatePayload(payload: object, root: Schema, random: Random): object {
  const copy = { payload: structuredClone(payload) as Json };
  for (let left = 1 + random.below(MAX_CHANGES); left > 0; left -= 1) {
    const places = placesIn(copy, 'payload', root, root);
    mutate(random.pick(places), random);
  }
  // The frame is one of an object in any case: what is none is for those who mutate the text.
  return typeof copy.payload === 'object' && copy.payload !== null && !Array.isArray(copy.payload)
    ? copy.payload
    : { payload: copy.payload };
}

function placesIn(holder: Holder, key: string | number, given: Schema, root: Schema): Place[] {
  const schema = resolved(given, root);
  const value = holder[key];
  const here: Place = { holder, key, schema };
  if (Array.isArray(value)) {
    const inside = value.slice(0, 10).flatMap((_, index) => placesIn(value as never, index, schema.items ?? {}, root));
    return [here, ...inside];
  }
  if (typeof value !== 'object' || value === null) return [here];
  const names = Object.keys(value).filter((name) => name !== '__proto__');
  return [here, ...names.flatMap((name) => placesIn(value as Holder, name, schema.properties?.[name] ?? {}, root))];
}

function mutate({ holder, key, schema }: Place, random: Random): void {
  const value = holder[key];
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (random.chance(0.1)) remove(holder, key);
  else if (isObject && random.chance(0.8)) addMember(value as Holder, schema, random);
  else holder[key] = random.chance(0.15) ? ofAnotherType(random) : other(value, schema, random);
}

function other(value: Json, schema: Schema, random: Random): Json {
  if (Array.isArray(value)) return otherArray(value, random);
  if (typeof value === 'string') return otherText(value, schema, random);
  return typeof value === 'number' ? otherNumber(value, schema, random) : ofAnotherType(random);
}

function remove(holder: Holder, key: string | number): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

const ofAnotherType = (random: Random): Json =>
  random.pick<() => Json>([
    () => null,
    () => random.chance(0.5),
    () => random.pick(ODD_NUMBERS),
    () => random.pick(ODD_TEXTS),
    () => [],
    () => ({}),
    () => [[random.pick(ODD_TEXTS)]],
    () => ({ [random.pick(ODD_NAMES)]: random.pick(ODD_NUMBERS) }),
    () => nested(1 + random.below(40)),
  ])();

function nested(levels: number): Json {
  let value: Json = 1;
  for (let n = 0; n < levels; n += 1) value = n % 2 === 0 ? [value] : { x: value };
  return value;
}

const otherArray = (value: Json[], random: Random): Json[] =>
  random.pick<() => Json[]>([
    () => [],
    () => [...value, ...value],
    () => value.toReversed(),
    () => [...value, null],
    () => [...value, random.pick(ODD_TEXTS)],
    () => Array.from({ length: random.below(120) }, () => value[0] ?? null),
  ])();

/** One that the schema knows and that is not there, or one that nobody knows. */
function addMember(value: Holder, { properties = {} }: Schema, random: Random): void {
  const absent = Object.keys(properties).filter((name) => !(name in value));
  const name = absent.length > 0 && random.chance(0.6) ? random.pick(absent) : random.pick(ODD_NAMES);
  // As JSON.parse does it: an assignment would give `__proto__` another meaning.
  Object.defineProperty(value, name, {
    value: ofAnotherType(random),
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function otherText(value: string, { enum: known = [], format, maxLength = 50 }: Schema, random: Random): Json {
  if (format === 'date-time' && random.chance(0.8)) return random.pick(ODD_TIMES);
  if (known.length > 0 && random.chance(0.4)) return random.pick(known);
  return random.pick<() => Json>([
    () => random.pick(ODD_TEXTS),
    () => random.pick(ODD_TIMES),
    () => value.toUpperCase(),
    () => `${value} `,
    () => 'x'.repeat(maxLength),
    () => 'x'.repeat(maxLength + 1),
    () => value + random.pick(ODD_TEXTS),
    () => Number(value),
  ])();
}

const otherNumber = (value: number, { minimum = 0, maximum = 2 ** 31 }: Schema, random: Random): Json =>
  random.pick<() => Json>([
    () => random.pick(ODD_NUMBERS),
    () => minimum - 1,
    () => maximum + 1,
    () => value + 0.5,
    () => -value,
    () => String(value),
    () => random.below(2 ** 31),
  ])();
