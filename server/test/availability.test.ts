import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Product, startProduct } from './support/product.ts';
import { connectScripted, type ScriptedChargePoint } from './support/scripted-charge-point.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 30_000);
afterAll(() => product.stop());

const stateOf = async (name: string) => (await product.api<Thing>('GET', `/things/${name}`)).state;

describe.each([['ocpp1.6'], ['ocpp2.0.1'], ['ocpp2.1']] as const)('availability in %s', (version: OcppVersion) => {
  const name = `AVAILABLE-${version.replaceAll('.', '')}`;
  const is16 = version === 'ocpp1.6';
  let chargePoint: ScriptedChargePoint;
  const says = (place: number, status: string) =>
    chargePoint.call(
      'StatusNotification',
      is16
        ? { connectorId: place, errorCode: 'NoError', status }
        : {
            timestamp: new Date().toISOString(),
            evseId: place,
            connectorId: place === 0 ? 0 : 1,
            connectorStatus: status,
          },
    );
  const change = (place: number, wanted: string) =>
    product.api<Command>('POST', `/things/${name}/commands`, {
      action: 'ChangeAvailability',
      payload: is16
        ? { connectorId: place, type: wanted }
        : { operationalStatus: wanted, ...(place === 0 ? {} : { evse: { id: place } }) },
    });
  const place = (at: number) => (is16 ? { evseId: null, connectorId: at } : { evseId: at, connectorId: null });

  beforeAll(async () => {
    chargePoint = await connectScripted(product, name, version);
    await says(1, is16 ? 'Charging' : 'Occupied');
    await says(2, 'Available');
  });

  it('G01, 1.6 §4.9: connectors, EVSEs and the station itself (0) have their states', async () => {
    await says(0, 'Available');
    await eventually(async () => {
      const state = await stateOf(name);
      expect(state.station?.status).toBe('Available');
      expect(state.connectors).toMatchObject([{ status: is16 ? 'Charging' : 'Occupied' }, { status: 'Available' }]);
    });
  });

  it('G03, 1.6 §5.2: what was scheduled stands until the charge point says that it is done', async () => {
    chargePoint.answer('ChangeAvailability', () => ({ status: 'Scheduled' }));
    await change(1, 'Inoperative');
    await eventually(async () =>
      expect((await stateOf(name)).availability).toMatchObject([{ ...place(1), wanted: 'Inoperative', doneAt: null }]),
    );
    await says(1, 'Unavailable');
    await eventually(async () =>
      expect((await stateOf(name)).availability).toMatchObject([{ ...place(1), doneAt: expect.any(Number) }]),
    );
  });

  it('G04, 1.6 §5.2: what is asked of the whole is kept as such; a refusal is not', async () => {
    chargePoint.answer('ChangeAvailability', () => ({ status: 'Rejected' }));
    await change(2, 'Inoperative');
    chargePoint.answer('ChangeAvailability', () => ({ status: 'Accepted' }));
    await change(0, 'Operative');
    await eventually(async () => {
      const { availability } = await stateOf(name);
      expect(availability.at(-1)).toMatchObject({ ...place(0), wanted: 'Operative', doneAt: expect.any(Number) });
      expect(availability).toHaveLength(is16 ? 1 : 2);
    });
  });
});
