import { expect, test } from 'vitest';
import { askedFor } from './given-by-us.ts';

const action = (name: string, ...required: string[]) => ({
  action: name,
  block: '',
  summary: '',
  requestSchema: { type: 'object', required },
});

test('a reservation gets a free id unless one is given', () => {
  expect(askedFor(action('ReserveNow', 'connectorId', 'reservationId')).required).toEqual(['connectorId']);
  expect(askedFor(action('ReserveNow', 'id', 'idToken')).required).toEqual(['idToken']);
  expect(askedFor(action('CancelReservation', 'reservationId')).required).toEqual(['reservationId']);
});

test('of many charge points each counts its lists on its own', () => {
  const sendLocalList = action('SendLocalList', 'versionNumber', 'updateType');
  expect(askedFor(sendLocalList).required).toEqual(['versionNumber', 'updateType']);
  expect(askedFor(sendLocalList, 'many').required).toEqual(['updateType']);
});
