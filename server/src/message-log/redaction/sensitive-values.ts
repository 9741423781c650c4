import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { membersOf } from '@cpo-console/shared/projection/read-payload.ts';

export const REDACTED = ['tokens', 'serials', 'addresses', 'names'] as const;
/** Id tokens and contracts; serial numbers, SIM cards, vehicles and certificates; IP addresses; names of charge points. */
export type Redacted = (typeof REDACTED)[number];

/** More than these in one file would not fit into memory beside everything else. */
const MAX_VALUES = 500_000;
const MAX_DEPTH = 12;

/** Members that hold such a value, wherever they stand. */
const MEMBERS: readonly [Redacted, RegExp][] = [
  [
    'tokens',
    /^(?:idTag|parentIdTag|idToken|groupIdToken|additionalIdToken|evccId|emaid|contractId|customerIdentifier)$/i,
  ],
  [
    'serials',
    /^(?:(?:\w*serial(?:Number)?)|iccid|imsi|vin|macAddress|certificate|certificateChain|csr|exiRequest|exiResponse)$/i,
  ],
  ['addresses', /^(?:\w*remoteAddress|ipAddress)$/i],
];
/** Names of configuration keys and variables whose value is one. */
const KEYS: readonly [Redacted, RegExp][] = [
  ['serials', /serial|iccid|imsi|vin$|mac(?:Address)?$/i],
  ['tokens', /idToken|idTag|emaid/i],
  ['addresses', /^(?:ip)?address$/i],
];
/** For a text that is no JSON. */
const PAIR = /"(\w{1,40})"\s*:\s*"((?:[^"\\]|\\.)*)"/g;

/** Finds the values that tell who somebody or which machine it is, so that they can be replaced wherever they turn up. */
export function createSensitiveValues(kinds: ReadonlySet<Redacted>) {
  const found = new Map<string, Redacted>();

  function add(kind: Redacted, value: unknown): void {
    if (!kinds.has(kind) || (typeof value !== 'string' && typeof value !== 'number')) return;
    const text = String(value).trim();
    if (text === '' || found.has(text)) return;
    if (found.size >= MAX_VALUES) throw new Error('There are too many values to be replaced. Choose a shorter time.');
    found.set(text, kind);
  }

  function walk(value: unknown, depth: number): void {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const each of value) walk(each, depth + 1);
      return;
    }
    const record = value as Record<string, unknown>;
    for (const [name, member] of Object.entries(record)) {
      for (const [kind, pattern] of MEMBERS) if (pattern.test(name)) add(kind, member);
      // A JSON text within a text, as DataTransfer has it.
      if (typeof member === 'string' && /^\s*[[{]/.test(member)) walk(parsed(member), depth + 1);
      else walk(member, depth + 1);
    }
    const key = keyOf(record);
    if (key === null) return;
    for (const [kind, pattern] of KEYS) {
      if (!pattern.test(key)) continue;
      for (const each of valuesOf(record)) add(kind, each);
    }
  }

  return {
    found: found as ReadonlyMap<string, Redacted>,
    learn(row: Pick<LogRow, 'thingName' | 'action' | 'frame'>): void {
      add('names', row.thingName);
      const json = parsed(row.frame);
      // Free text about a customer.
      if (row.action === 'NotifyCustomerInformation' && Array.isArray(json)) add('tokens', membersOf(json[3]).data);
      if (json !== undefined) walk(json, 0);
      else for (const [, name = '', value] of row.frame.matchAll(PAIR)) walk({ [name]: value }, 0);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `{"key": …}` of 1.6, `{"variable": {"name": …}}` of 2.x. */
function keyOf({ key, variable }: Record<string, unknown>): string | null {
  if (typeof key === 'string') return key;
  if (typeof variable !== 'object' || variable === null) return null;
  const { name } = variable as Record<string, unknown>;
  return typeof name === 'string' ? name : null;
}

function valuesOf({ value, attributeValue, actualValue, variableAttribute }: Record<string, unknown>): unknown[] {
  const attributes = Array.isArray(variableAttribute) ? variableAttribute : [];
  return [value, attributeValue, actualValue, ...attributes.map((each) => (each as { value?: unknown } | null)?.value)];
}
