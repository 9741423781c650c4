import { ODD_LITERALS, ODD_TEXTS } from './odd-values.ts';
import type { Random } from './random.ts';

/** The elements of an OCPP-J message. */
type Message = unknown[];
type OfText = (text: string, random: Random) => string;

const SYNTAX = [
  '[',
  ']',
  '{',
  '}',
  '"',
  ',',
  ':',
  '\\',
  '\\u',
  '\\ud800',
  '0',
  '-',
  'null',
  ' ',
  '\n',
  '\u0000',
  '\ufeff',
  '/*',
  'é',
  '🜁',
];
const TYPES: unknown[] = [0, 1, 2, 3, 4, 5, 6, 7, -1, 2.5, 2 ** 53, '2', '', null, true, [2], {}];
const IDS: unknown[] = [
  '',
  '-1',
  ' ',
  'x'.repeat(36),
  'x'.repeat(37),
  'x'.repeat(5_000),
  '漢字',
  '\ud83d',
  '__proto__',
  'a\u0000b',
  'a\nb',
  '"\\',
  0,
  1,
  null,
  [],
  {},
  true,
];

const at = (text: string, random: Random): number => random.below(text.length + 1);

/** Changes of the characters, whatever they mean. */
const CHARACTERS: OfText[] = [
  (text, random) => text.slice(0, at(text, random)),
  (text, random) => text.slice(at(text, random)),
  (text, random) => splice(text, { at: at(text, random), drop: 1 + random.below(8), add: '' }),
  (text, random) => splice(text, { at: at(text, random), drop: 0, add: random.pick(SYNTAX) }),
  (text, random) => splice(text, { at: at(text, random), drop: 1, add: random.pick(SYNTAX) }),
  (text, random) => splice(text, { at: at(text, random), drop: 0, add: text.slice(at(text, random)) }),
  (text, random) => splice(text, { at: at(text, random), drop: 1, add: String.fromCharCode(random.below(0xd800)) }),
  (text) => `\ufeff${text}`,
  (text) => ` \n\t${text}\r\n `,
  (text) => text + text,
  (text) => text.replaceAll('"', "'"),
  (text, random) =>
    text.replaceAll(/-?\d+(?=[,}\]])/g, (number) => (random.chance(0.3) ? random.pick(ODD_LITERALS) : number)),
  (text) => text.replace(/\{"(\w+)":/, '{"$1":1,"$1":'),
  (text) =>
    text.replace(
      /\{(?="(\w))/,
      (brace, first: string) => `${brace}"\\u${first.charCodeAt(0).toString(16).padStart(4, '0')}":1,`,
    ),
  (_text, random) => random.pick(ODD_TEXTS),
  (_text, random) => '['.repeat(1 + random.below(60_000)),
  (_text, random) => JSON.stringify(random.pick(['text', 5, null, true, {}, [], [[]]])),
];

const put = (message: Message, place: number, value: unknown): Message =>
  Object.assign([...message], { [place]: value });

/** Changes of the message's elements. */
const ELEMENTS: ((message: Message, random: Random) => Message)[] = [
  (message, random) => message.slice(0, random.below(message.length)),
  (message, random) => message.toSpliced(random.below(message.length), 1),
  (message, random) => message.toSpliced(random.below(message.length + 1), 0, random.pick(TYPES)),
  (message) => message.toReversed(),
  (message) => [message],
  (message, random) => put(message, 0, random.pick(TYPES)),
  (message, random) => put(message, 1, random.pick(IDS)),
  (message, random) =>
    put(message, 2, random.pick<unknown>(['', 'constructor', '__proto__', 'x'.repeat(65), 7, null, {}, [], 'é'])),
  (message, random) => put(message, 3, random.pick<unknown>([null, [], 'text', 5, true, [[{}]], { payload: {} }])),
  ([, id, , payload]) => [3, id, payload],
  ([, id]) => [3, id, null],
  ([, id], random) => [4, id, random.pick<unknown>(['GenericError', '', 'Oops', 7, null]), random.pick(ODD_TEXTS), {}],
  ([, id]) => [4, id],
  ([, id], random) => [5, id, 'FormatViolation', random.pick(ODD_TEXTS), {}],
  ([, id, action, payload]) => [6, id, action, payload],
  ([, id, , payload]) => [6, id, 'NotifyPeriodicEventStream', payload],
];

/** Deeper, or of more parts, than anybody sends. */
const BOMBS: OfText[] = [
  (text, random) => withPayload(text, `{"x":${deep(random)}}`),
  (text, random) => withPayload(text, `{"x":[${'0,'.repeat(9_000 + random.below(3_000))}0]}`),
  (text, random) => withPayload(text, `{"x":"${'x'.repeat(60_000 + random.below(6_000))}"}`),
  (text, random) => withPayload(text, `{${'"a":1,'.repeat(random.below(900))}"a":1}`),
];

/** The text of a valid CALL as a charge point would send it that is broken, malicious or cut short. */
export function mutateText(text: string, random: Random): string {
  if (random.chance(0.08)) return random.pick(BOMBS)(text, random);
  if (random.chance(0.5)) return JSON.stringify(random.pick(ELEMENTS)(JSON.parse(text), random)) ?? '';
  let changed = text;
  for (let left = 1 + random.below(3); left > 0; left -= 1) changed = random.pick(CHARACTERS)(changed, random);
  return changed;
}

const splice = (text: string, { at: place, drop, add }: { at: number; drop: number; add: string }): string =>
  text.slice(0, place) + add + text.slice(place + drop);

function deep(random: Random): string {
  const levels = random.pick([31, 32, 33, 64, 1_000, 10_000]);
  return random.chance(0.5)
    ? '['.repeat(levels) + ']'.repeat(levels)
    : `${'{"x":'.repeat(levels)}1${'}'.repeat(levels)}`;
}

const withPayload = (text: string, payload: string): string => `${text.slice(0, text.indexOf(',{'))},${payload}]`;
