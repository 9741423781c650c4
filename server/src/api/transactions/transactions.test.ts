import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';
import { newRecord } from '../../charge-points/transactions/transaction-record.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

it('a session is read, exported and closed by hand in somebody’s name', async () => {
  const began = newRecord({
    id: 't1',
    thingName: 'CP1',
    transactionId: '7',
    protocol: 'ocpp1.6',
    startedAt: Date.UTC(2026, 4, 4, 10),
  });
  await api.records.transactions.save({ ...began, connectorId: 1, idToken: '+A', energyWh: 5 });
  expect((await api.call('GET', '/api/v1/transactions?active=true')).json().items).toHaveLength(1);
  expect((await api.call('GET', '/api/v1/transactions?active=false')).json().items).toHaveLength(0);
  expect((await api.call('GET', '/api/v1/transactions/t1/meter-values')).json()).toEqual({ items: [] });
  const csv = await api.call('GET', '/api/v1/transactions', undefined, { accept: 'text/csv' });
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.body).toContain(",'+A,");
  expect((await api.call('POST', '/api/v1/transactions/t1/close')).json()).toMatchObject({
    active: false,
    closedBy: 'ada',
  });
  expect((await api.call('POST', '/api/v1/transactions/t2/close')).statusCode).toBe(404);
});
