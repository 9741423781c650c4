import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Reservation } from '@cpo-console/shared/api/reservations.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from './support/product.ts';
import { connectScripted, type ScriptedChargePoint } from './support/scripted-charge-point.ts';

let product: Product;
let skippedMs = 0;
beforeAll(async () => {
  product = await startProduct({}, { now: () => Date.now() + skippedMs });
}, 30_000);
afterAll(() => product.stop());

const inAnHour = (): string => new Date(Date.now() + skippedMs + 3_600_000).toISOString();
const until = (version: OcppVersion) =>
  version === 'ocpp1.6' ? { expiryDate: inAnHour() } : { expiryDateTime: inAnHour() };
const idName = (version: OcppVersion): string => (version === 'ocpp1.6' ? 'reservationId' : 'id');
const reserveOf = (version: OcppVersion): object =>
  version === 'ocpp1.6'
    ? { connectorId: 1, idTag: 'CARD', ...until(version) }
    : { evseId: 1, idToken: { idToken: 'CARD', type: 'ISO14443' }, ...until(version) };

const send = (name: string, action: string, payload: object, more: object = {}) =>
  product.api<Command>('POST', `/things/${name}/commands`, { action, payload, ...more });
const list = (name: string, query = '') =>
  product.api<Page<Reservation>>('GET', `/things/${name}/reservations${query}`).then(({ items }) => items);
const newest = async (name: string): Promise<Reservation> => (await list(name))[0]!;

/** What begins a session with a reservation. */
function begin(chargePoint: ScriptedChargePoint, version: OcppVersion, reservationId: number) {
  const timestamp = new Date().toISOString();
  if (version === 'ocpp1.6')
    return chargePoint.call('StartTransaction', {
      connectorId: 1,
      idTag: 'CARD',
      meterStart: 0,
      timestamp,
      reservationId,
    });
  return chargePoint.call('TransactionEvent', {
    eventType: 'Started',
    timestamp,
    triggerReason: 'Authorized',
    seqNo: 0,
    transactionInfo: { transactionId: 'TX-1' },
    evse: { id: 1, connectorId: 1 },
    idToken: { idToken: 'CARD', type: 'ISO14443' },
    reservationId,
  });
}

describe.each([['ocpp1.6'], ['ocpp2.0.1'], ['ocpp2.1']] as const)('reservations in %s', (version) => {
  const name = `RES-${version.replaceAll('.', '')}`;
  let chargePoint: ScriptedChargePoint;
  beforeAll(async () => {
    chargePoint = await connectScripted(product, name, version);
  });

  it('H01, 1.6 §5.13: without an id one is given, stored before the charge point hears of it, and accepted', async () => {
    let seenMeanwhile: Reservation[] = [];
    const seen = Promise.withResolvers<void>();
    chargePoint.answer('ReserveNow', () => {
      void list(name).then((items) => {
        seenMeanwhile = items;
        seen.resolve();
      });
      return { status: 'Accepted' };
    });
    const command = await send(name, 'ReserveNow', reserveOf(version));
    await seen.promise;
    expect(command).toMatchObject({ status: 'answered', response: { status: 'Accepted' } });
    const given = chargePoint.asked.at(-1)?.payload[idName(version)];
    expect(given).toEqual(1);
    expect(seenMeanwhile).toMatchObject([{ reservationId: given, idToken: 'CARD' }]);
    expect(await newest(name)).toMatchObject({
      reservationId: given,
      state: 'accepted',
      requestedBy: command.sentBy,
      [version === 'ocpp1.6' ? 'connectorId' : 'evseId']: 1,
      endedAt: null,
    });
  });

  it('an id that was given goes out as it is, and the next one given is another', async () => {
    await send(name, 'ReserveNow', { ...reserveOf(version), [idName(version)]: 41 });
    expect(chargePoint.asked.at(-1)?.payload[idName(version)]).toBe(41);
    await send(name, 'ReserveNow', reserveOf(version));
    expect(chargePoint.asked.at(-1)?.payload[idName(version)]).toBe(42);
  });

  it('H01.FR.02: asked again with the same id, the newer takes the place of the older', async () => {
    await send(name, 'ReserveNow', { ...reserveOf(version), [idName(version)]: 41 });
    const [newer, , older] = await list(name);
    expect(newer).toMatchObject({ reservationId: 41, state: 'accepted' });
    expect(older).toMatchObject({ reservationId: 41, state: 'replaced' });
  });

  it.each(['Faulted', 'Occupied', 'Rejected', 'Unavailable'])('H01: refused with %s', async (status) => {
    chargePoint.answer('ReserveNow', () => ({ status }));
    await send(name, 'ReserveNow', reserveOf(version));
    expect(await newest(name)).toMatchObject({ state: 'refused', answer: status });
    chargePoint.answer('ReserveNow', () => ({ status: 'Accepted' }));
  });

  it('H02, 1.6 §5.1: cancelled; one that the charge point does not know is removed', async () => {
    await send(name, 'CancelReservation', { reservationId: 42 });
    chargePoint.answer('CancelReservation', () => ({ status: 'Rejected' }));
    await send(name, 'CancelReservation', { reservationId: 41 });
    const states = new Map((await list(name)).toReversed().map((each) => [each.reservationId, each.state]));
    expect([states.get(42), states.get(41)]).toEqual(['cancelled', 'removed']);
  });

  it('H03: a session uses it, and says which', async () => {
    await send(name, 'ReserveNow', reserveOf(version));
    const { reservationId } = await newest(name);
    const answer = await begin(chargePoint, version, reservationId);
    const transactionId = version === 'ocpp1.6' ? String(answer.transactionId) : 'TX-1';
    expect(await newest(name)).toMatchObject({ state: 'used', transactionId });
  });

  it('a reservation past its time has expired, also when nobody says so', async () => {
    await send(name, 'ReserveNow', reserveOf(version));
    expect(await list(name, '?open=true')).toHaveLength(2);
    skippedMs += 3_700_000;
    const expired = await newest(name);
    expect(expired).toMatchObject({ state: 'expired', endedAt: expired.expiresAt });
    expect(await list(name, '?open=true')).toEqual([]);
    expect((await list(name, '?state=expired')).map(({ id }) => id)).toContain(expired.id);
    expect(await list(name, '?state=accepted')).toEqual([]);
  });
});

describe.each([
  ['ocpp2.0.1', 'Expired', 'expired'],
  ['ocpp2.0.1', 'Removed', 'removed'],
  ['ocpp2.1', 'Expired', 'expired'],
  ['ocpp2.1', 'NoTransaction', 'used'],
] as const)('%s', (version, reservationUpdateStatus, state) => {
  it(`H04: ReservationStatusUpdate ${reservationUpdateStatus} makes it ${state}`, async () => {
    const name = `UPDATE-${version.replaceAll('.', '')}-${reservationUpdateStatus}`;
    const chargePoint = await connectScripted(product, name, version);
    await send(name, 'ReserveNow', reserveOf(version));
    const { reservationId } = await newest(name);
    expect(await chargePoint.call('ReservationStatusUpdate', { reservationId, reservationUpdateStatus })).toEqual({});
    expect(await newest(name)).toMatchObject({ state, answer: reservationUpdateStatus });
  });
});

it('a charge point that never answers leaves it unanswered', async () => {
  const chargePoint = await connectScripted(product, 'SILENT', 'ocpp1.6');
  chargePoint.answer('ReserveNow', () => null);
  const command = await send('SILENT', 'ReserveNow', reserveOf('ocpp1.6'), { timeoutSeconds: 1 });
  expect(command.status).toBe('timeout');
  expect(await newest('SILENT')).toMatchObject({ state: 'unanswered', answer: null });
});

it('the fleet has one list of them, by charge point, token and state', async () => {
  const every = await product.api<Page<Reservation>>('GET', '/reservations?limit=5');
  expect(every.items).toHaveLength(5);
  const next = await product.api<Page<Reservation>>('GET', `/reservations?limit=5&cursor=${every.nextCursor}`);
  expect(next.items[0]?.id).not.toBe(every.items[4]?.id);
  const { items } = await product.api<Page<Reservation>>('GET', '/reservations?thingName=RES-ocpp16&state=cancelled');
  expect(items).toMatchObject([{ thingName: 'RES-ocpp16', reservationId: 42, state: 'cancelled' }]);
});

it('a bad state is refused with its place, an unknown charge point is not found', async () => {
  const bad = await product.request('GET', '/reservations?state=gone');
  expect(bad).toMatchObject({ status: 400, body: { errors: [{ path: '/state' }] } });
  expect((await product.request('GET', '/things/NOBODY/reservations')).status).toBe(404);
});
