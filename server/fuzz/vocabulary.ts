import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import fc from 'fast-check';
import { arbitraryPayload } from '../test/support/arbitrary-payloads.ts';
import { type Schema, schemaOf } from '../test/support/example-payloads.ts';
import { mutatePayload } from './mutate-payload.ts';
import type { Random } from './random.ts';

/** What can be said in a version, action by action. */
export interface Vocabulary {
  /** A CALL of a charge point. */
  call(random: Random): Said;
  /** A SEND of a charge point; null: the version has none. */
  send(random: Random): Said | null;
  /** A command of ours that keeps to its schema. */
  command(random: Random): { action: string; payload: object };
  /** How a charge point answers one. */
  answer(action: string, random: Random): object;
}

export interface Said {
  action: string;
  payload: object;
  isMutated: boolean;
}

interface Part {
  root: Schema;
  /** Payloads that the schema allows. */
  samples: object[];
}

/** Said more often than the others, as charge points do: these change what the CSMS believes. */
const FREQUENT = [
  'BootNotification',
  'StatusNotification',
  'MeterValues',
  'Authorize',
  'StartTransaction',
  'StopTransaction',
  'TransactionEvent',
];
const FREQUENCY = 4;
const SAMPLES = 25;
const AS_IT_SHOULD_BE = 0.2;

export function createVocabulary(version: OcppVersion, seed: number): Vocabulary {
  const actions = Object.entries(ACTIONS[version]);
  const named = (is: (info: (typeof actions)[number][1]) => boolean): string[] =>
    actions.flatMap(([action, info]) => (is(info) ? [action] : []));
  const calls = named(({ from, send }) => from !== 'csms' && send !== true);
  const weighted = calls.flatMap((action) =>
    Array.from({ length: FREQUENT.includes(action) ? FREQUENCY : 1 }, () => action),
  );
  const sends = named(({ send }) => send === true);
  const commands = named(({ from }) => from !== 'charge-point');

  const parts = new Map<string, Part>();
  const partOf = (action: string, kind: 'request' | 'response'): Part => {
    const key = `${action} ${kind}`;
    const known = parts.get(key);
    if (known !== undefined) return known;
    const arbitrary = arbitraryPayload(version, action, kind);
    const part = { root: schemaOf(version, action, kind), samples: fc.sample(arbitrary, { seed, numRuns: SAMPLES }) };
    parts.set(key, part);
    return part;
  };
  const say = (action: string, kind: 'request' | 'response', random: Random): Said => {
    const { root, samples } = partOf(action, kind);
    const payload = random.pick(samples);
    const isMutated = !random.chance(AS_IT_SHOULD_BE);
    return { action, payload: isMutated ? mutatePayload(payload, root, random) : payload, isMutated };
  };

  return {
    call: (random) => say(random.pick(weighted), 'request', random),
    send: (random) => (sends.length === 0 ? null : say(random.pick(sends), 'request', random)),
    command(random) {
      const action = random.pick(commands);
      return { action, payload: random.pick(partOf(action, 'request').samples) };
    },
    answer: (action, random) => say(action, 'response', random).payload,
  };
}
