import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiTestApp, startApi, TEST_NOW } from '../../../test/support/api-app.ts';
import { newRecord } from '../../charge-points/transactions/transaction-record.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

describe('messages', () => {
  beforeEach(() => {
    api.log.add({ thingName: 'CP1', at: TEST_NOW, messageId: 'a' });
    api.log.add({
      thingName: 'CP1',
      at: TEST_NOW + 10,
      kind: 'result',
      direction: 'out',
      messageId: 'a',
      latencyMs: 10,
      frame: '[3,"a",{"currentTime":"é"}]',
    });
    api.log.add({
      thingName: 'CP2',
      at: TEST_NOW + 20,
      action: 'StatusNotification',
      messageId: 'b',
      frame: '[2,"b","StatusNotification",{"info":"=1+1"}]',
      violations: [
        { path: '/connectorId', rule: 'required', message: 'is required', code: 'OccurrenceConstraintViolation' },
      ],
    });
  });
  const ids = async (query: string) =>
    (await api.call('GET', `/api/v1/messages${query}`)).json().items.map((each: { id: string }) => each.id);

  it('come newest first, in pages', async () => {
    expect(await ids('')).toEqual(['3', '2', '1']);
    const page = (await api.call('GET', '/api/v1/messages?limit=2')).json();
    expect(page.items.map((each: { id: string }) => each.id)).toEqual(['3', '2']);
    expect(await ids(`?limit=2&cursor=${page.nextCursor}`)).toEqual(['1']);
    expect((await api.call('GET', `/api/v1/messages?limit=2&order=asc`)).json().items[0].id).toBe('1');
  });

  it('say with partners what they answer or are answered by, also where the filter keeps that away', async () => {
    api.log.add({ thingName: 'CP1', at: TEST_NOW + 30, messageId: 'a' });
    const about = async (query: string) => {
      const { items, partners } = (await api.call('GET', `/api/v1/messages?partners=true&${query}`)).json();
      return [
        items.map((each: Record<string, unknown>) => [each.id, each.partnerId, each.repeatsId]),
        partners.map((each: { id: string }) => each.id),
      ];
    };
    expect(await about('kind=result')).toEqual([[['2', '1', undefined]], ['1']]);
    expect(await about('kind=call')).toEqual([
      [
        ['4', null, true],
        ['3', null, undefined],
        ['1', '2', undefined],
      ],
      ['2'],
    ]);
    const exchange = (await api.call('GET', '/api/v1/messages/1/exchange')).json();
    expect(exchange.items.map((each: Record<string, unknown>) => [each.id, each.partnerId])).toEqual([
      ['2', '1'],
      ['1', '2'],
    ]);
    expect(exchange).toMatchObject({ protocol: null, sessionId: null, commandId: null });
    expect((await api.call('GET', '/api/v1/messages/99/exchange')).statusCode).toBe(404);
    const beyond = async (query: string) => ids(`?thingName=CP1&limit=2&beyondId=2${query}`);
    expect([await beyond(''), await beyond('&order=asc')]).toEqual([['1'], ['4']]);
  });

  it('know their session, and the version that their connection agreed on', async () => {
    const started = { transactionId: 't1', protocol: 'ocpp2.0.1', startedAt: TEST_NOW } as const;
    await api.records.transactions.save(newRecord({ ...started, thingName: 'CP1', id: 'session-1' }));
    const frame = '{"protocol":"ocpp2.0.1","remoteAddress":"10.0.0.1","instance":"i"}';
    api.log.add({ thingName: 'CP1', kind: 'event', action: 'connected', messageId: null, frame });
    const event = { action: 'TransactionEvent', messageId: 'tx' };
    const { id } = api.log.add({
      thingName: 'CP1',
      ...event,
      frame: '[2,"tx","TransactionEvent",{"transactionInfo":{"transactionId":"t1"}}]',
    });
    const other = api.log.add({ thingName: 'CP1', ...event, messageId: 'ty', connectionId: 'older' });
    const about = async (message: number) => (await api.call('GET', `/api/v1/messages/${message}/exchange`)).json();
    expect(await about(id)).toMatchObject({ protocol: 'ocpp2.0.1', sessionId: 'session-1', commandId: null });
    expect(await about(other.id)).toMatchObject({ protocol: null, sessionId: null });
  });

  it.each([
    ['?thingName=CP2', ['3']],
    ['?thingName=CP2&thingName=CP1', ['3', '2', '1']],
    ['?thingName=CP2&thingName=CP9', ['3']],
    ['?direction=out', ['2']],
    ['?exchangeDirection=in', ['3', '2', '1']],
    ['?exchangeDirection=out', []],
    ['?exchangeDirection=in&latencyOver=5', ['2']],
    ['?kind=call', ['3', '1']],
    ['?action=StatusNotification', ['3']],
    ['?messageId=a', ['2', '1']],
    ['?violation=true', ['3']],
    ['?q=CURRENTtime', ['2']],
    ['?path=info', ['3']],
    ['?path=info&value=%3D1%2B1', ['3']],
    ['?path=info&value=1', []],
    ['?violation=required', ['3']],
    ['?violation=false', ['2', '1']],
    ['?from=2026-05-04T10:00:00.010Z', ['3', '2']],
    ['?to=2026-05-04T12:00:00.010%2B02:00', ['1']],
  ])('are filtered by %s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it.each([
    ['?direction=up', '/direction'],
    ['?from=yesterday', '/from'],
    ['?limit=0', '/limit'],
    ['?limit=5000', '/limit'],
    ['?cursor=zzz', '/cursor'],
    ['?thingname=CP1', '/thingname'],
    ['?q=', '/q'],
    [`?q=${'x'.repeat(201)}`, '/q'],
    ['?value=ABC', '/value'],
    ['?path=a..b', '/path'],
    ['?path=a[x]', '/path'],
    ['?connectorId=-1', '/connectorId'],
    ['?evseId=one', '/evseId'],
    ['?unanswered=perhaps', '/unanswered'],
  ])('with %s are a 400 that names the field', async (query, path) => {
    const answer = await api.call('GET', `/api/v1/messages${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors.map((each: { path: string }) => each.path)).toContain(path);
  });

  it('carry the frame as it was, its bytes, and what is known of it', async () => {
    expect((await api.call('GET', '/api/v1/messages/2')).json()).toEqual({
      id: '2',
      thingName: 'CP1',
      connectionId: 'connection-1',
      at: '2026-05-04T10:00:00.010Z',
      direction: 'out',
      kind: 'result',
      action: 'Heartbeat',
      messageId: 'a',
      frame: '[3,"a",{"currentTime":"é"}]',
      bytes: 28,
      latencyMs: 10,
    });
    expect((await api.call('GET', '/api/v1/messages/99')).statusCode).toBe(404);
    expect((await api.call('GET', '/api/v1/messages/x')).statusCode).toBe(404);
  });

  it('are exported as JSON Lines and CSV, where a formula is harmless', async () => {
    const lines = await api.call('GET', '/api/v1/messages/export?thingName=CP2');
    expect(lines.headers['content-disposition']).toBe('attachment; filename="messages-20260504T100000Z.jsonl"');
    expect(
      lines.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['3']);
    api.log.add({ thingName: '=cmd()', action: '@SUM', frame: 'x,"y"' });
    const csv = await api.call('GET', '/api/v1/messages/export?format=csv');
    expect(csv.headers['content-type']).toContain('text/csv');
    const row = csv.body.split('\r\n')[1];
    expect(row).toContain(",'=cmd(),");
    expect(row).toContain(",'@SUM,");
    expect(row).toContain('"x,""y"""');
  });
});
