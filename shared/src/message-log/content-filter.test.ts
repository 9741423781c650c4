import { expect, it } from 'vitest';
import { type ContentFilter, createContentMatcher } from './content-filter.ts';

const authorize = '[2,"1","Authorize",{"idToken":{"idToken":"ABC","type":"ISO14443"},"note":"Stra\\u00dfe \\/ K"}]';
const meter =
  '[2,"2","MeterValues",{"connectorId":1,"transactionId":42,"meterValue":[{"sampledValue":[{"value":"7"},{"value":8}]}]}]';
const event = '{"reason":"not-registered","list":[[1,2]]}';

it.each<[ContentFilter, string]>([
  [{ q: 'iso144' }, authorize],
  [{ q: 'STRAßE / k' }, authorize],
  [{ q: '\\u00DF' }, authorize],
  [{ q: 'not-REG' }, event],
  [{ path: 'idToken.idToken', value: 'abc' }, authorize],
  [{ path: 'idToken.type' }, authorize],
  [{ path: 'meterValue.sampledValue.value', value: '7' }, meter],
  [{ path: 'meterValue[0].sampledValue[1].value', value: '8' }, meter],
  [{ path: 'reason', value: 'not-registered' }, event],
  [{ transactionId: '42' }, meter],
  [{ connectorId: 1 }, meter],
  [{ connectorId: 1, transactionId: '42', q: 'metervalues' }, meter],
  [{ evseId: 3 }, '[3,"1",{"evse":{"id":3}}]'],
  [{ evseId: 3 }, '[6,"1","X",{"a":[{"evseId":3}]}]'],
  [{ path: 'a', value: 'x' }, '[4,"1","GenericError","",{"a":"x"}]'],
])('%j finds %s', (filter, frame) => {
  expect(createContentMatcher(filter)?.matches(frame)).toBe(true);
});

it.each<[ContentFilter, string]>([
  [{ q: 'ISO15' }, authorize],
  [{ path: 'idToken', value: 'ABC' }, authorize],
  [{ path: 'idToken.idToken', value: 'AB' }, authorize],
  [{ path: 'idToken.idtoken' }, authorize],
  [{ path: 'meterValue[1].sampledValue' }, meter],
  [{ path: 'toString' }, authorize],
  [{ transactionId: '4' }, meter],
  [{ connectorId: 7 }, meter],
  [{ evseId: 1 }, meter],
  [{ path: 'a' }, 'no JSON with "a"'],
])('%j does not find %s', (filter, frame) => {
  expect(createContentMatcher(filter)?.matches(frame)).toBe(false);
});

it('is nothing when nothing is asked', () => {
  expect(createContentMatcher({})).toBeNull();
});
