import type { AvailabilityState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { expect, test } from 'vitest';
import { fakeThing } from '../../../testing/fake-data.ts';
import { askedOf } from './availability.ts';

const asked = (place: Partial<AvailabilityState>, askedAt: number): AvailabilityState => ({
  evseId: null,
  connectorId: null,
  wanted: 'Inoperative',
  askedAt,
  doneAt: null,
  ...place,
});

test('a connector shows what was asked of it or of its EVSE as a whole, the last of it; the station its own', () => {
  const thing = fakeThing(0, 'CP1');
  const station = asked({ evseId: 0 }, 1);
  const connector = asked({ evseId: 1, connectorId: 1 }, 2);
  const evse = asked({ evseId: 1 }, 3);
  const other = asked({ evseId: 2, connectorId: 1 }, 4);
  thing.state.availability = [evse, connector, station, other];
  expect(askedOf(thing, { evseId: 1, connectorId: 1 })).toBe(evse);
  expect(askedOf(thing, { evseId: 1, connectorId: 2 })).toBe(evse);
  expect(askedOf(thing, { evseId: 2, connectorId: 1 })).toBe(other);
  expect(askedOf(thing, 'station')).toBe(station);
});

test('1.6: a connector and connector 0, the charge point, each show their own', () => {
  const thing = fakeThing(0, 'CP1');
  const whole = asked({ connectorId: 0 }, 1);
  const connector = asked({ connectorId: 2 }, 2);
  thing.state.availability = [whole, connector];
  expect(askedOf(thing, 'station')).toBe(whole);
  expect(askedOf(thing, { evseId: null, connectorId: 2 })).toBe(connector);
  expect(askedOf(thing, { evseId: null, connectorId: 1 })).toBeUndefined();
});
