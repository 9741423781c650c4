import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

describe('commands', () => {
  beforeEach(() => api.call('POST', '/api/v1/things', { thingName: 'CP1' }));
  const send = (payload: object) => api.call('POST', '/api/v1/things/CP1/commands', payload);

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
    expect((await api.call('POST', '/api/v1/things/CP7/commands', { action: 'Reset', payload: {} })).statusCode).toBe(
      404,
    );
  });

  it('need a permission that depends on the action', async () => {
    api.session.permissions = (permission) => permission !== 'commands:operate';
    expect((await send({ action: 'ChangeConfiguration', payload: {} })).statusCode).toBe(403);
    expect((await send({ action: 'RemoteStopTransaction', payload: {} })).statusCode).toBe(200);
    expect(api.sent).toHaveLength(1);
  });

  it('are offered with the schemas of their requests', async () => {
    const { items } = (await api.call('GET', '/api/v1/actions?protocol=ocpp1.6')).json();
    const reset = items.find((each: { action: string }) => each.action === 'Reset');
    expect(reset).toMatchObject({ from: 'csms', requestSchema: { required: ['type'] } });
    expect(items).toHaveLength(39);
    expect((await api.call('GET', '/api/v1/actions?protocol=ocpp9')).statusCode).toBe(400);
  });
});
