import { gzipSync } from 'node:zlib';
import type { ImportedLog, ReplayPage } from '@cpo-console/shared/api/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const LINES = [
  '2026-05-04 10:00:05 CP_1: send [2,"b","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Faulted"}]',
  'nothing of interest',
  '2026-05-04 10:00:00 CP_1: send [2,"a","BootNotification",{"chargePointVendor":"Volt","chargePointModel":"V2"}]',
  '2026-05-04 10:00:01 CP_1: receive message [3,"a",{"currentTime":"2026-05-04T10:00:01Z","interval":60,"status":"Accepted"}]',
  '2026-05-04 10:00:06 CP_1: send [2,"c","Heartbeat",',
  '2026-05-04 10:00:06 CP_1: receive message [3,"b",{}]',
];

async function importLog(body: string | Buffer, query = ''): Promise<ImportedLog> {
  const answer = await api.app.inject({ method: 'POST', url: `/api/v1/messages/import?name=case.log${query}`, body });
  expect(answer.statusCode).toBe(202);
  const { id } = answer.json<ImportedLog>();
  return vi.waitUntil(
    async () => {
      const imported = (await api.call('GET', `/api/v1/imports/${id}`)).json<ImportedLog>();
      return imported.status === 'running' ? null : imported;
    },
    { timeout: 20_000 },
  );
}

describe('an imported log', () => {
  it('is put in order, searched, replayed and exported like the live one, apart from it', async () => {
    const imported = await importLog(LINES.join('\n'));
    expect(imported).toMatchObject({
      name: 'case.log',
      createdBy: 'ada',
      status: 'done',
      lines: 6,
      rows: 4,
      things: ['CP_1'],
      from: '2026-05-04T10:00:00.000Z',
      to: '2026-05-04T10:00:06.000Z',
      sorted: false,
      problems: [{ line: 5, problem: 'the frame was cut off' }],
      problemCount: 1,
    });
    const of = `import=${imported.id}&thingName=CP_1`;
    const page = (await api.call('GET', `/api/v1/messages?${of}&order=asc`)).json();
    expect(page.items.map(({ action, kind }: { action: string; kind: string }) => `${action} ${kind}`)).toEqual([
      'BootNotification call',
      'BootNotification result',
      'StatusNotification call',
      'StatusNotification result',
    ]);
    expect((await api.call('GET', `/api/v1/messages/3?import=${imported.id}`)).json().action).toBe(
      'StatusNotification',
    );
    const range = 'from=2026-05-04T10:00:02Z&to=2026-05-04T11:00:00Z';
    const replay = (await api.call('GET', `/api/v1/messages/replay/page?${of}&${range}&page=0`)).json<ReplayPage>();
    expect(replay.state).toMatchObject({ chargingStation: { vendorName: 'Volt' }, connectors: [] });
    const histogram = (await api.call('GET', `/api/v1/messages/histogram?${of}&${range}&parts=2`)).json();
    expect(histogram.counts).toEqual([2, 0]);
    const trace = await api.call('GET', `/api/v1/messages/export?${of}&format=trace&order=asc`);
    expect(trace.body.trim().split('\n')).toHaveLength(4);
    expect((await api.call('GET', '/api/v1/messages')).json().items).toEqual([]);
    expect((await importLog(trace.body)).rows).toBe(4);
    const csv = await api.call('GET', `/api/v1/messages/export?${of}&format=csv`);
    expect(await importLog(gzipSync(csv.body))).toMatchObject({ rows: 4, problemCount: 0 });
  }, 60_000);

  it('is gone when it is removed, also while it is read', async () => {
    const line = `${LINES[0]}\n`;
    const answer = await api.app.inject({
      method: 'POST',
      url: '/api/v1/messages/import?name=big',
      body: line.repeat(50_000),
    });
    const { id } = answer.json<ImportedLog>();
    expect((await api.call('GET', `/api/v1/messages?import=${id}`)).statusCode).toBe(404);
    const note = { thingName: 'CP_1', importId: id, at: '2026-05-04T10:00:05Z', text: 'Here' };
    const noted = (await api.call('POST', '/api/v1/annotations', note)).json<{ id: string }>();
    expect((await api.call('DELETE', `/api/v1/imports/${id}`)).statusCode).toBe(204);
    expect((await api.call('DELETE', `/api/v1/annotations/${noted.id}`)).statusCode).toBe(404);
    expect((await api.call('GET', '/api/v1/imports')).json().items).toEqual([]);
    expect((await api.call('DELETE', `/api/v1/imports/${id}`)).statusCode).toBe(404);
  });

  it('can be looked at before, and then nothing is kept', async () => {
    const body = LINES.join('\n');
    const answer = await api.app.inject({ method: 'POST', url: '/api/v1/messages/import?name=x&preview=true', body });
    expect(answer.json()).toMatchObject({ lines: 6, rows: 4, things: ['CP_1'], problemCount: 1 });
    expect(answer.json().first[0]).toMatchObject({ action: 'StatusNotification', direction: 'in' });
    expect((await api.call('GET', '/api/v1/imports')).json().items).toEqual([]);
  });

  it('without content is refused', async () => {
    const answer = await api.app.inject({ method: 'POST', url: '/api/v1/messages/import?name=x', body: '' });
    expect(answer.statusCode).toBe(400);
    expect((await api.call('GET', '/api/v1/imports')).json().items).toEqual([]);
  });
});
