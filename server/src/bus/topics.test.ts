import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  ALL_OUT,
  inTopic,
  isInTopic,
  isOutTopic,
  outTopic,
  presenceTopic,
  THING_NAME,
  thingOfTopic,
  topicMatcher,
} from './topics.ts';

const IDENTITIES = 30_000;
const SEED = 20_260_504;
/** What means something to a broker, to a path or to us, more often than by chance. */
const character = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'+#/$:_- \0\n*=|@.%\\', 'in', 'out', '$share', 'ａ', '\ud800') },
  { weight: 5, arbitrary: fc.constantFrom(...'abcXYZ019') },
);
const identity = fc.array(character, { maxLength: 6 }).map((characters) => characters.join(''));

it('each identity that may connect has topics of its own, which no filter takes for another’s', () => {
  const ownerOf = new Map<string, string>();
  const filter = topicMatcher(ALL_OUT);
  for (const name of fc.sample(identity, { seed: SEED, numRuns: IDENTITIES })) {
    if (!THING_NAME.test(name)) continue;
    for (const topic of [inTopic(name), outTopic(name), presenceTopic(name)]) {
      const said = ownerOf.get(topic) ?? name;
      if (said !== name || thingOfTopic(topic) !== name || /[+#\0\s]|^\$/.test(topic))
        expect([topic, name]).toEqual([]);
      ownerOf.set(topic, name);
    }
    if (!isInTopic(inTopic(name)) || !isOutTopic(outTopic(name)) || isOutTopic(inTopic(name))) expect(name).toBe('');
    if (!filter.test(outTopic(name)) || topicMatcher(outTopic(name)).test(outTopic(`${name}x`))) expect(name).toBe('');
  }
  expect(ownerOf.size).toBeGreaterThan(IDENTITIES / 10);
}, 60_000);
