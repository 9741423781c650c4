import { expect, it } from 'vitest';
import { strayUpgrade } from './stray-upgrade.ts';

it.each([
  ['/ocpp/CP1', null],
  ['/ocpp/CP1/', null],
  ['/ocpp/CP1?x=/y', null],
  ['/ocpp/a%2Fb', null],
  ['/CP1', { name: 'CP1', reason: 'wrong-path' }],
  ['/', { name: '/', reason: 'wrong-path' }],
  ['/ocpp', { name: 'ocpp', reason: 'wrong-path' }],
  ['/ocpp/', { name: 'ocpp', reason: 'wrong-path' }],
  ['/ocpp/1.6/CP1', { name: 'CP1', reason: 'wrong-path' }],
  ['/ocppj/CP%201?token=x', { name: 'CP 1', reason: 'wrong-path' }],
  ['/api/v1/things', { name: 'things', reason: 'wrong-path' }],
  ['/ocpp/CP%E0%A4%A', { name: 'CP%E0%A4%A', reason: 'bad-identity' }],
  ['/other/%', { name: '%', reason: 'wrong-path' }],
])('%s', (url, stray) => {
  expect(strayUpgrade(url, '/ocpp')).toEqual(stray);
});
