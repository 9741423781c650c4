import { expect, it } from 'vitest';
import { chipsOf, completionsOf, partsOf, type QueryPatch, readQueryText } from './query-text.ts';

it.each<[string, QueryPatch | null]>([
  ['  ', null],
  ['action:BootNotification', { action: 'BootNotification' }],
  ['Thing: CP1', { thingName: 'CP1' }],
  ['latency > 500', { latencyOver: '500' }],
  ['idToken.idToken = "A B"', { path: 'idToken.idToken', value: 'A B' }],
  ['meterValue[0].sampledValue.value=7', { path: 'meterValue[0].sampledValue.value', value: '7' }],
  ['idTag = ""', { path: 'idTag', value: '' }],
  ['connector:2', { connectorId: '2' }],
  ['connector:two', { q: 'connector:two' }],
  ['direction:up', { q: 'direction:up' }],
  ['unanswered:true', { unanswered: 'true' }],
  ['violation:maxLength', { violation: 'maxLength' }],
  ['ground fault', { q: 'ground fault' }],
  ['http://host', { q: 'http://host' }],
  ['action:Reset direction:out latency>5', { action: 'Reset', direction: 'out', latencyOver: '5' }],
  ['thing:CP1 thing:CP2 ground fault', { thingName: 'CP1,CP2', q: 'ground fault' }],
  ['kind:call idTag = "A B"', { kind: 'call', path: 'idTag', value: 'A B' }],
  ['session:"A B"', { transactionId: 'A B' }],
  ['action:', { q: 'action:' }],
  ['"idToken":"ABC"', { q: '"idToken":"ABC"' }],
])('%s', (typed, patch) => {
  expect(readQueryText(typed)).toEqual(patch);
});

it('completes keys, then their values', () => {
  expect(completionsOf('ac', {})).toEqual(['action:']);
  expect(completionsOf('action:boot', { action: ['BootNotification', 'Reset'] })).toEqual(['action:BootNotification']);
  expect(completionsOf('kind:call direction:o', {})).toEqual(['kind:call direction:out']);
  expect(completionsOf('kind:call lat', {})).toEqual(['kind:call latency>']);
  expect(completionsOf('direction:', {})).toEqual(['direction:in', 'direction:out']);
});

it('says each filter of an address as it would be typed', () => {
  const texts = partsOf({
    thingName: 'CP1,CP2',
    violation: 'true',
    latencyOver: '500',
    path: 'idToken.idToken',
    value: 'A B',
    q: 'fault',
    view: 'raw',
    message: '7',
  }).map(({ text }) => text);
  expect(texts).toEqual(['thing:CP1,CP2', 'violation:true', 'latency>500', 'idToken.idToken = "A B"', 'fault']);
});

it('has a chip for each filter and each charge point, which takes it away and nothing else', () => {
  const chips = chipsOf({ thingName: 'CP1,CP2', from: '2026-05-04T10:00:00.000Z', path: 'idTag', value: '' });
  expect(chips).toEqual([
    { text: 'thing:CP1', isRange: false, without: { thingName: 'CP2' } },
    { text: 'thing:CP2', isRange: false, without: { thingName: 'CP1' } },
    { text: '2026-05-04T10:00:00.000Z…', isRange: true, without: { from: undefined, to: undefined } },
    { text: 'idTag = ""', isRange: false, without: { path: undefined, value: undefined } },
  ]);
  expect(chipsOf({ thingName: 'CP1' })).toMatchObject([{ without: { thingName: undefined } }]);
});
