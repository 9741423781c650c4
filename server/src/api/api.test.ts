import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiTestApp, startApi, TEST_NOW } from '../../test/support/api-app.ts';
import { newRecord } from '../charge-points/transactions/transaction-record.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const call = (
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  url: string,
  payload?: object | string,
  headers = {},
) => api.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });

const connectedRow = {
  kind: 'event' as const,
  action: 'connected',
  messageId: null,
  frame: JSON.stringify({ protocol: 'ocpp1.6', remoteAddress: '10.0.0.1', instance: 'i' }),
};
const refusal = (thingName: string, reason: string) => ({
  ...connectedRow,
  thingName,
  connectionId: '',
  action: 'refused',
  frame: JSON.stringify({ reason, remoteAddress: '10.0.0.2', offeredProtocols: ['ocpp1.6'] }),
});

describe('charge points', () => {
  it('are registered with the address to configure, and their password once', async () => {
    const answer = await call(
      'POST',
      '/api/v1/things',
      { thingName: 'CP1', auth: { type: 'basic' }, tags: ['a'] },
      { host: 'cpo.example:8080' },
    );
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({
      thingName: 'CP1',
      overall: 'never-seen',
      connected: false,
      auth: { type: 'basic' },
      credentials: { password: 'secret-of-CP1' },
      urls: ['ws://cpo.example:8080/ocpp/CP1'],
    });
    expect(JSON.stringify((await call('GET', '/api/v1/things/CP1')).json())).not.toContain('secret-of');
  });

  it('can be registered once under a name', async () => {
    await call('POST', '/api/v1/things', { thingName: 'CP1' });
    const again = await call('POST', '/api/v1/things', { thingName: 'CP1' });
    expect(again.statusCode).toBe(409);
    expect(again.headers['content-type']).toContain('application/problem+json');
    expect(again.json()).toMatchObject({ status: 409, title: 'Conflict', detail: expect.stringContaining('CP1') });
  });

  it.each(['a/b', '+', '', 'x'.repeat(49), 'a b', '#', '$aws'])(
    'are refused under the name %j, saying which field is wrong',
    async (thingName) => {
      const answer = await call('POST', '/api/v1/things', { thingName });
      expect(answer.statusCode).toBe(400);
      expect(answer.json().errors[0].path).toBe('/thingName');
    },
  );

  it('a body that is no object, or no JSON, or absent is a 400 problem', async () => {
    for (const payload of ['[]', '5', 'null', '{', '']) {
      const answer = await call('POST', '/api/v1/things', payload, { 'content-type': 'application/json' });
      expect([payload, answer.statusCode, answer.json().status]).toEqual([payload, 400, 400]);
    }
    expect((await call('POST', '/api/v1/things')).statusCode).toBe(400);
  });

  it('with client certificates are refused in clear words', async () => {
    const answer = await call('POST', '/api/v1/things', { thingName: 'CP1', auth: { type: 'certificate' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toContain('ertificates');
  });

  it('are listed by name in pages, and found by state, tag and words', async () => {
    for (const name of ['CP3', 'CP1', 'CP2'])
      await call('POST', '/api/v1/things', { thingName: name, tags: name === 'CP2' ? ['north'] : [] });
    api.log.add({ thingName: 'CP3', ...connectedRow });
    const names = async (query: string) =>
      (await call('GET', `/api/v1/things${query}`)).json().items.map((each: { thingName: string }) => each.thingName);
    expect(await names('')).toEqual(['CP1', 'CP2', 'CP3']);
    expect(await names('?state=connected')).toEqual(['CP3']);
    expect(await names('?state=connected&state=never-seen')).toEqual(['CP1', 'CP2', 'CP3']);
    expect(await names('?tag=north')).toEqual(['CP2']);
    expect(await names('?search=cp1')).toEqual(['CP1']);
    const first = (await call('GET', '/api/v1/things?limit=2')).json();
    expect(first.items).toHaveLength(2);
    expect(await names(`?limit=2&cursor=${first.nextCursor}`)).toEqual(['CP3']);
  });

  it('show what their frames say', async () => {
    await call('POST', '/api/v1/things', { thingName: 'CP1' });
    api.log.add({ thingName: 'CP1', ...connectedRow });
    expect((await call('GET', '/api/v1/things/CP1')).json()).toMatchObject({
      connected: true,
      protocol: 'ocpp1.6',
      overall: 'connected',
      lastSeenAt: '2026-05-04T10:00:00.000Z',
    });
  });

  it('are changed and removed', async () => {
    await call('POST', '/api/v1/things', { thingName: 'CP1', tags: ['a'] });
    const changed = await call('PATCH', '/api/v1/things/CP1', { tags: ['b'] });
    expect(changed.json().tags).toEqual(['b']);
    expect((await call('DELETE', '/api/v1/things/CP1')).statusCode).toBe(204);
    expect((await call('GET', '/api/v1/things/CP1')).statusCode).toBe(404);
    expect((await call('DELETE', '/api/v1/things/CP1')).statusCode).toBe(404);
  });

  it('get new credentials, unless they connect without', async () => {
    await call('POST', '/api/v1/things', { thingName: 'CP1', auth: { type: 'basic' } });
    await call('POST', '/api/v1/things', { thingName: 'CP2' });
    expect((await call('POST', '/api/v1/things/CP1/credentials')).json().credentials.password).toBe(
      'new-secret-of-CP1',
    );
    expect((await call('POST', '/api/v1/things/CP2/credentials')).statusCode).toBe(409);
  });

  it('are imported from CSV, each bad row told; a preview registers none', async () => {
    await call('POST', '/api/v1/things', { thingName: 'CP1' });
    const csv =
      'thingName,auth,tags,site\r\nCP1,none,,\r\nCP2,basic,"a;b","Kyoto, north"\r\nbad name,none,,\r\nCP2,none,,\r\nCP3,cert,,\r\n';
    const send = (query: string) => call('POST', `/api/v1/things/import${query}`, csv, { 'content-type': 'text/csv' });
    const preview = (await send('?preview=true')).json();
    expect(preview).toMatchObject({ preview: true, created: 0, failed: 4 });
    expect(api.registry.get('CP2')).toBeNull();
    const done = (await send('')).json();
    expect(done).toMatchObject({ preview: false, created: 1, failed: 4 });
    expect(done.rows.map((row: { line: number; ok: boolean }) => [row.line, row.ok])).toEqual([
      [2, false],
      [3, true],
      [4, false],
      [5, false],
      [6, false],
    ]);
    expect(done.rows[1].password).toBe('secret-of-CP2');
    expect(api.registry.get('CP2')).toMatchObject({ tags: ['a', 'b'], attributes: { site: 'Kyoto, north' } });
  });
});

describe('the door', () => {
  it('shows refused charge points until they are registered or dismissed', async () => {
    api.log.add(refusal('CP9', 'not-registered'));
    api.log.add(refusal('CP9', 'not-registered'));
    api.log.add(refusal('CP8', 'bad-credentials'));
    const items = async () => (await call('GET', '/api/v1/door')).json().items;
    expect(await items()).toMatchObject([
      { thingName: 'CP9', reason: 'not-registered', tries: 2, remoteAddress: '10.0.0.2' },
      { thingName: 'CP8' },
    ]);
    await call('POST', '/api/v1/things', { thingName: 'CP9' });
    expect(await items()).toMatchObject([{ thingName: 'CP8' }]);
    expect((await call('DELETE', '/api/v1/door/CP8')).statusCode).toBe(204);
    expect(await items()).toEqual([]);
    expect((await call('DELETE', '/api/v1/door/CP8')).statusCode).toBe(404);
  });

  it('keeps the 200 that knocked last', async () => {
    for (let at = 0; at < 250; at += 1) api.log.add(refusal(`X${at}`, 'not-registered'));
    const names = (await call('GET', '/api/v1/door')).json().items.map((each: { thingName: string }) => each.thingName);
    expect(names).toHaveLength(200);
    expect(names).toContain('X249');
    expect(names).not.toContain('X49');
  });
});

it('the fleet’s numbers follow the charge points', async () => {
  for (const thingName of ['CP1', 'CP2']) await call('POST', '/api/v1/things', { thingName });
  api.log.add({ thingName: 'CP1', ...connectedRow });
  await expect
    .poll(async () => (await call('GET', '/api/v1/fleet')).json())
    .toMatchObject({
      total: 2,
      byState: { connected: 1, 'never-seen': 1 },
      activeTransactions: 0,
    });
  expect((await call('GET', '/api/v1/fleet')).json().messagesLastMinute).toHaveLength(60);
});

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
    (await call('GET', `/api/v1/messages${query}`)).json().items.map((each: { id: string }) => each.id);

  it('come newest first, in pages', async () => {
    expect(await ids('')).toEqual(['3', '2', '1']);
    const page = (await call('GET', '/api/v1/messages?limit=2')).json();
    expect(page.items.map((each: { id: string }) => each.id)).toEqual(['3', '2']);
    expect(await ids(`?limit=2&cursor=${page.nextCursor}`)).toEqual(['1']);
    expect((await call('GET', `/api/v1/messages?limit=2&order=asc`)).json().items[0].id).toBe('1');
  });

  it.each([
    ['?thingName=CP2', ['3']],
    ['?direction=out', ['2']],
    ['?kind=call', ['3', '1']],
    ['?action=StatusNotification', ['3']],
    ['?messageId=a', ['2', '1']],
    ['?violation=true', ['3']],
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
  ])('with %s are a 400 that names the field', async (query, path) => {
    const answer = await call('GET', `/api/v1/messages${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors.map((each: { path: string }) => each.path)).toContain(path);
  });

  it('carry the frame as it was, its bytes, and what is known of it', async () => {
    expect((await call('GET', '/api/v1/messages/2')).json()).toEqual({
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
    expect((await call('GET', '/api/v1/messages/99')).statusCode).toBe(404);
    expect((await call('GET', '/api/v1/messages/x')).statusCode).toBe(404);
  });

  it('are exported as JSON Lines and CSV, where a formula is harmless', async () => {
    const lines = await call('GET', '/api/v1/messages/export?thingName=CP2');
    expect(lines.headers['content-disposition']).toBe('attachment; filename="messages-20260504T100000Z.jsonl"');
    expect(
      lines.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['3']);
    api.log.add({ thingName: '=cmd()', action: '@SUM', frame: 'x,"y"' });
    const csv = await call('GET', '/api/v1/messages/export?format=csv');
    expect(csv.headers['content-type']).toContain('text/csv');
    const row = csv.body.split('\r\n')[1];
    expect(row).toContain(",'=cmd(),");
    expect(row).toContain(",'@SUM,");
    expect(row).toContain('"x,""y"""');
  });
});

describe('commands', () => {
  beforeEach(() => call('POST', '/api/v1/things', { thingName: 'CP1' }));
  const send = (payload: object) => call('POST', '/api/v1/things/CP1/commands', payload);

  it('are sent as given, with who sent them, and answer with what came back', async () => {
    const answer = await send({ action: 'Reset', payload: { type: 'Soft' }, timeoutSeconds: 5 });
    expect(answer.json()).toMatchObject({ status: 'answered', response: { status: 'Accepted' } });
    expect(api.sent).toEqual([
      { action: 'Reset', payload: { type: 'Soft' }, timeoutSeconds: 5, thingName: 'CP1', sentBy: 'ada' },
    ]);
  });

  it('that break the schema are a 400 with the violations', async () => {
    api.outcome.next = () => ({
      kind: 'invalid',
      violations: [
        { path: '/type', rule: 'enum', message: 'must be Hard or Soft', code: 'PropertyConstraintViolation' },
      ],
    });
    const answer = await send({ action: 'Reset', payload: { type: 'x' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([{ path: '/payload/type', message: 'must be Hard or Soft' }]);
  });

  it('that do not exist, or for one that never connected, say so', async () => {
    api.outcome.next = () => ({ kind: 'unknown-action', known: ['Reset'] });
    expect((await send({ action: 'Rest', payload: {} })).json()).toMatchObject({
      status: 400,
      errors: [{ path: '/action' }],
    });
    api.outcome.next = () => ({ kind: 'unknown-version' });
    expect((await send({ action: 'Reset', payload: {} })).statusCode).toBe(409);
    expect((await call('POST', '/api/v1/things/CP7/commands', { action: 'Reset', payload: {} })).statusCode).toBe(404);
  });

  it('need a permission that depends on the action', async () => {
    api.session.permissions = (permission) => permission !== 'commands:operate';
    expect((await send({ action: 'ChangeConfiguration', payload: {} })).statusCode).toBe(403);
    expect((await send({ action: 'RemoteStopTransaction', payload: {} })).statusCode).toBe(200);
    expect(api.sent).toHaveLength(1);
  });

  it('are offered with the schemas of their requests', async () => {
    const { items } = (await call('GET', '/api/v1/actions?protocol=ocpp1.6')).json();
    const reset = items.find((each: { action: string }) => each.action === 'Reset');
    expect(reset).toMatchObject({ from: 'csms', requestSchema: { required: ['type'] } });
    expect(items).toHaveLength(39);
    expect((await call('GET', '/api/v1/actions?protocol=ocpp9')).statusCode).toBe(400);
  });
});

describe('id tokens', () => {
  it('are created, replaced, read and removed; an expiry in the past is allowed', async () => {
    const made = await call('POST', '/api/v1/id-tokens', { idToken: 'A1' });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ idToken: 'A1', status: 'Accepted', type: 'ISO14443', expiresAt: null });
    expect((await call('POST', '/api/v1/id-tokens', { idToken: 'A1' })).statusCode).toBe(409);
    const put = await call('PUT', '/api/v1/id-tokens/A1', {
      status: 'Blocked',
      expiresAt: '2001-01-01T00:00:00+09:00',
    });
    expect(put.json()).toMatchObject({ status: 'Blocked', expiresAt: '2000-12-31T15:00:00.000Z' });
    expect((await call('PUT', '/api/v1/id-tokens/B%2F1', {})).json().idToken).toBe('B/1');
    expect((await call('PUT', '/api/v1/id-tokens/A1', { status: 'Nice' })).json().errors).toMatchObject([
      { path: '/status' },
    ]);
    expect((await call('DELETE', '/api/v1/id-tokens/A1')).statusCode).toBe(204);
    expect((await call('GET', '/api/v1/id-tokens/A1')).statusCode).toBe(404);
  });
});

it('a session is read, exported and closed by hand in somebody’s name', async () => {
  const began = newRecord({
    id: 't1',
    thingName: 'CP1',
    transactionId: '7',
    protocol: 'ocpp1.6',
    startedAt: Date.UTC(2026, 4, 4, 10),
  });
  await api.records.transactions.save({ ...began, connectorId: 1, idToken: '+A', energyWh: 5 }, null);
  expect((await call('GET', '/api/v1/transactions?active=true')).json().items).toHaveLength(1);
  expect((await call('GET', '/api/v1/transactions?active=false')).json().items).toHaveLength(0);
  expect((await call('GET', '/api/v1/transactions/t1/meter-values')).json()).toEqual({ items: [] });
  const csv = await call('GET', '/api/v1/transactions', undefined, { accept: 'text/csv' });
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.body).toContain(",'+A,");
  expect((await call('POST', '/api/v1/transactions/t1/close')).json()).toMatchObject({
    active: false,
    closedBy: 'ada',
  });
  expect((await call('POST', '/api/v1/transactions/t2/close')).statusCode).toBe(404);
});

it('the shadow’s desired state is patched', async () => {
  await call('POST', '/api/v1/things', { thingName: 'CP1' });
  const patched = await call('PATCH', '/api/v1/things/CP1/shadow', { state: { desired: { interval: 10 } } });
  expect(patched.json()).toMatchObject({ version: 1, state: { desired: { interval: 10 } } });
  expect((await call('GET', '/api/v1/things/CP9/shadow')).statusCode).toBe(404);
});

it('health is public and the documents describe every route in OpenAPI 3.1', async () => {
  expect((await call('GET', '/healthz')).json()).toEqual({ status: 'ok' });
  expect((await call('GET', '/readyz')).json()).toEqual({
    status: 'ready',
    checks: { database: true, bus: true, log: true },
  });
  expect((await call('GET', '/api/v1/health')).json()).toMatchObject({ ok: true });
  const document = (await call('GET', '/api/v1/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/api/v1/things/{thingName}', '/api/v1/messages', '/api/v1/stream']),
  );
  const { parameters, responses } = document.paths['/api/v1/things'].get;
  expect(parameters.find((each: { name: string }) => each.name === 'limit')).toMatchObject({ required: false });
  expect(Object.keys(responses['4XX'].content)).toEqual(['application/problem+json']);
  const reader = await call('GET', '/docs/');
  expect(reader.statusCode).toBe(200);
  expect(reader.body).not.toMatch(/<script>(?!\s*<)/);
});

it('what nothing serves is a 404 problem', async () => {
  const answer = await call('GET', '/api/v1/nothing?token=x');
  expect(answer.statusCode).toBe(404);
  expect(answer.json().detail).toBe('Nothing is served at GET /api/v1/nothing.');
});

it('a fault is a 500 that tells the caller nothing of its inside', async () => {
  api.log.query = async () => {
    throw new Error('SQLITE_IOERR /secret/path');
  };
  const answer = await call('GET', '/api/v1/messages');
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('secret');
});
