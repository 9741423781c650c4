import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi, TEST_NOW } from '../../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

it('findings name their messages, of one charge point and within the range', async () => {
  const reset = {
    kind: 'call',
    direction: 'out',
    action: 'Reset',
    frame: '[2,"r","Reset",{}]',
    messageId: 'r',
  } as const;
  const { id } = api.log.add({ ...reset, thingName: 'CP1', at: TEST_NOW - 60_000 });
  api.log.add({ ...reset, thingName: 'CP2', at: TEST_NOW - 60_000 });
  const of = (from: string) =>
    api
      .call('GET', `/api/v1/findings?thingName=CP1&from=${from}&to=2026-05-04T11:00:00Z`)
      .then((answer) => answer.json());
  expect(await of('2026-05-04T09:00:00Z')).toEqual({
    items: [
      {
        rule: 'unanswered-command',
        severity: 'bad',
        from: '2026-05-04T09:59:00.000Z',
        to: '2026-05-04T09:59:00.000Z',
        count: 1,
        subject: 'Reset',
        messageIds: [String(id)],
      },
    ],
    cutAt: null,
  });
  expect((await of('2026-05-04T09:59:30Z')).items).toEqual([]);
});
