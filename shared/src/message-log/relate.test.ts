import { expect, it } from 'vitest';
import { type Half, relate } from './relate.ts';

const row = (id: number, kind: Half['kind'], direction: Half['direction'], more: Partial<Half> = {}): Half => ({
  id,
  kind,
  direction,
  thingName: 'CP1',
  connectionId: 'c1',
  messageId: 'm',
  ...more,
});
const all = (rows: Half[]) =>
  rows.map((each) => {
    const { id, partnerId, repeatsId } = relate(each, rows);
    return `${id}-${partnerId}${repeatsId ? ' repeats' : ''}`;
  });

it('pairs a CALL with its answer, each way', () => {
  expect(all([row(1, 'call', 'in'), row(2, 'result', 'out')])).toEqual(['1-2', '2-1']);
  expect(all([row(1, 'call', 'out'), row(2, 'error', 'in')])).toEqual(['1-2', '2-1']);
});

it('keeps directions, connections and charge points apart', () => {
  expect(all([row(1, 'call', 'in'), row(2, 'result', 'in')])).toEqual(['1-null', '2-null']);
  expect(all([row(1, 'call', 'in'), row(2, 'result', 'out', { connectionId: 'c2' })])).toEqual(['1-null', '2-null']);
  expect(all([row(1, 'call', 'in'), row(2, 'result', 'out', { thingName: 'CP2' })])).toEqual(['1-null', '2-null']);
  expect(all([row(1, 'call', 'in'), row(2, 'call', 'out'), row(3, 'result', 'out'), row(4, 'result', 'in')])).toEqual([
    '1-3',
    '2-4',
    '3-1',
    '4-2',
  ]);
});

it('knows a message id that is used again, and pairs each use with its own answer', () => {
  expect(all([row(1, 'call', 'in'), row(2, 'result', 'out'), row(3, 'call', 'in'), row(4, 'result', 'out')])).toEqual([
    '1-2',
    '2-1',
    '3-4 repeats',
    '4-3',
  ]);
});

it('a second answer to one CALL is nobody’s', () => {
  expect(all([row(1, 'call', 'out'), row(2, 'result', 'in'), row(3, 'result', 'in')])).toEqual([
    '1-2',
    '2-1',
    '3-null',
  ]);
});

it('a text that is no frame is paired with the error that answered it', () => {
  expect(all([row(1, 'malformed', 'in'), row(2, 'error', 'out')])).toEqual(['1-2', '2-1']);
});
