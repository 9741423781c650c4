import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ApiTestApp, startApi, TEST_NOW } from '../../../test/support/api-app.ts';
import { unzip } from '../../../test/support/unzip.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const RANGE = 'from=2026-05-04T00:00:00Z&to=2026-05-05T00:00:00Z';
const TOKEN = 'DE-ABC-C12345678-9';
const SERIAL = 'SN-2026-000417';
const NAME = 'CP-0421';

function addCase(): void {
  const of = (changes: object) => api.log.add({ thingName: NAME, at: TEST_NOW, ...changes });
  of({ kind: 'event', action: 'connected', frame: '{"protocol":"ocpp1.6","remoteAddress":"192.0.2.17"}' });
  of({
    action: 'BootNotification',
    frame: `[2,"b","BootNotification",{"chargePointVendor":"Volt","chargePointModel":"V2","chargePointSerialNumber":"${SERIAL}"}]`,
  });
  // Named before the frame that says what it is.
  of({
    action: 'DataTransfer',
    frame: `[2,"d","DataTransfer",{"vendorId":"x","data":"saw ${TOKEN} and ${Buffer.from(TOKEN).toString('hex')}"}]`,
  });
  of({
    action: 'DataTransfer',
    frame: `[2,"e","DataTransfer",{"vendorId":"x","data":"${Buffer.from(`..${SERIAL}`).toString('base64')}"}]`,
  });
  of({ action: 'Authorize', frame: `[2,"a","Authorize",{"idTag":"${TOKEN}"}]` });
  of({
    direction: 'out',
    action: 'ChangeConfiguration',
    frame: '[2,"c","ChangeConfiguration",{"key":"AuthorizationKey","value":"s3cr3t-s3cr3t"}]',
  });
  of({ kind: 'malformed', action: null, frame: `[2,"m","Authorize",{"idTag":"${TOKEN}"` });
  of({
    action: 'StatusNotification',
    frame: '[2,"s","StatusNotification",{}]',
    violations: [{ path: '/idTag', rule: 'maxLength', message: `${TOKEN} is too long`, code: 'FormatViolation' }],
  });
  api.log.add({ thingName: 'CP-OTHER', at: TEST_NOW, frame: '[2,"o","Heartbeat",{}]' });
}

describe('a case bundle', () => {
  const bundle = async (query = '') => {
    const answer = await api.call('GET', `/api/v1/messages/case-bundle?thingName=${NAME}&${RANGE}${query}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/zip');
    return unzip(answer.rawPayload);
  };

  it('has the messages in two formats, the findings and a summary', async () => {
    addCase();
    const files = await bundle('&keep=names&keep=serials&keep=tokens&keep=addresses');
    expect([...files.keys()]).toEqual(['README.md', 'findings.json', 'messages.jsonl', 'ocpp-trace.jsonl']);
    const readme = files.get('README.md') ?? '';
    expect(readme).toContain(`# ${NAME}`);
    expect(readme).toContain('Messages: 8');
    expect(readme).toContain('- Vendor: Volt');
    expect(readme).toContain(`- Serial number: ${SERIAL}`);
    expect(readme).toContain('- DataTransfer: 2');
    expect(files.get('messages.jsonl')?.trim().split('\n')).toHaveLength(8);
    expect(files.get('messages.jsonl')).not.toContain('CP-OTHER');
    expect(files.get('ocpp-trace.jsonl')?.trim().split('\n')).toHaveLength(6);
    expect(Array.isArray(JSON.parse(files.get('findings.json') ?? ''))).toBe(true);
    expect([...files.values()].join()).not.toContain('s3cr3t');
  });

  it('has none of the values that are replaced anywhere, raw, in hex or in base64', async () => {
    addCase();
    const files = await bundle();
    const all = [...files.values()].join('\n');
    for (const value of [TOKEN, SERIAL, NAME, '192.0.2.17', 's3cr3t-s3cr3t']) {
      for (const shape of [value, value.toLowerCase(), Buffer.from(value).toString('hex')])
        expect(all).not.toContain(shape);
      for (const [word] of all.matchAll(/[A-Za-z0-9+/]{8,}/g)) {
        expect(Buffer.from(word, 'base64').toString('latin1')).not.toContain(value);
      }
    }
    const pseudonyms = [...all.matchAll(/token-[0-9a-f]{10}/g)].map(([each]) => each);
    expect(new Set(pseudonyms).size).toBe(1);
    expect(pseudonyms.length).toBeGreaterThan(5);
    const again = [...(await bundle()).values()].join('\n');
    expect(again).not.toContain(pseudonyms[0]);
  });

  it('can be imported again', async () => {
    addCase();
    const messages = (await bundle()).get('messages.jsonl') ?? '';
    const url = '/api/v1/messages/import?name=case&preview=true';
    const preview = (await api.app.inject({ method: 'POST', url, body: messages })).json();
    expect(preview).toMatchObject({ rows: 8, problemCount: 0 });
    expect(preview.things).toEqual([expect.stringMatching(/^cp-[0-9a-f]{10}$/)]);
  });
});

describe('an export', () => {
  it('tells how far it is under the id that was given to it, to nobody else', async () => {
    for (let n = 0; n < 1_200; n += 1) api.log.add({ thingName: 'CP1', at: TEST_NOW + n });
    const answer = await api.call('GET', '/api/v1/messages/export?order=asc&exportId=export-1');
    expect(answer.body.trim().split('\n')).toHaveLength(1_200);
    expect((await api.call('GET', '/api/v1/messages/exports/export-1')).json()).toEqual({
      id: 'export-1',
      rows: 1_200,
      at: new Date(TEST_NOW + 1_199).toISOString(),
      status: 'done',
      problem: null,
    });
    expect((await api.call('GET', '/api/v1/messages/export?exportId=export-1')).statusCode).toBe(409);
    expect((await api.call('GET', '/api/v1/messages/exports/export-2')).statusCode).toBe(404);
  });

  it('that is stopped breaks off, and asks the log for nothing more', async () => {
    for (let n = 0; n < 1_000; n += 1) api.log.add({ thingName: 'CP1', at: TEST_NOW + n });
    const { query } = api.log;
    const asked = vi.spyOn(api.log, 'query').mockImplementation(async (request) => {
      if (request.afterId !== 0) {
        expect((await api.call('DELETE', '/api/v1/messages/exports/export-3')).statusCode).toBe(204);
      }
      return query(request);
    });
    await expect(api.call('GET', '/api/v1/messages/export?order=asc&exportId=export-3')).rejects.toThrow();
    const status = (await api.call('GET', '/api/v1/messages/exports/export-3')).json();
    expect(status).toMatchObject({ status: 'cancelled' });
    expect(asked.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('with replaced values has none of them, also where they stand before the frame that says what they are', async () => {
    addCase();
    for (const format of ['jsonl', 'csv', 'trace']) {
      const { body } = await api.call('GET', `/api/v1/messages/export?redact=true&order=asc&format=${format}`);
      expect(body).not.toContain(TOKEN);
      expect(body).not.toContain(SERIAL);
      expect(body).not.toContain(Buffer.from(TOKEN).toString('hex'));
      expect(body).toContain(NAME);
    }
  });

  it('that could not begin says why', async () => {
    const answer = await api.call('GET', '/api/v1/messages/export?import=none&exportId=export-4');
    expect(answer.statusCode).toBe(404);
    const status = (await api.call('GET', '/api/v1/messages/exports/export-4')).json();
    expect(status).toMatchObject({ status: 'failed', rows: 0, problem: expect.stringContaining('imported log none') });
  });

  it('replaces what only a message that is filtered out says to be a token', async () => {
    addCase();
    const { body } = await api.call('GET', '/api/v1/messages/export?redact=true&action=DataTransfer&order=asc');
    expect(body.trim().split('\n')).toHaveLength(2);
    expect(body).not.toContain(TOKEN);
  });

  it.each(['asc', 'desc'])('with replaced values, %s, has nothing that came after it was begun', async (order) => {
    addCase();
    const { query } = api.log;
    vi.spyOn(api.log, 'query').mockImplementation(async (request) => {
      const rows = await query(request);
      api.log.add({
        thingName: NAME,
        at: TEST_NOW,
        action: 'Authorize',
        frame: '[2,"l","Authorize",{"idTag":"LATE-1"}]',
      });
      return rows;
    });
    const { body } = await api.call('GET', `/api/v1/messages/export?redact=true&order=${order}`);
    expect(body.trim().split('\n')).toHaveLength(9);
    expect(body).not.toContain('LATE-1');
  });
});
