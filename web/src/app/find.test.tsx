import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fakeMessage } from '../testing/fake-data.ts';
import { renderApp } from '../testing/render.tsx';

test('a search that took its time says how far it came, and goes on when asked', async () => {
  const found = fakeMessage(7, {
    kind: 'call',
    direction: 'in',
    action: 'DataTransfer',
    messageId: 'q',
    frame: '[2,"q","DataTransfer",{"vendorId":"x"}]',
  });
  const { api } = await renderApp({
    path: '/messages?q=vendor',
    routes: [
      ({ path, query }) => {
        if (path === '/messages/histogram')
          return { status: 200, body: { from: found.at, stepMs: 1, counts: [], troubled: [], cutAt: found.at } };
        if (path !== '/messages') return undefined;
        const body =
          query.get('cursor') === 'on'
            ? { items: [found], nextCursor: null }
            : { items: [], nextCursor: 'on', searchedTo: '2026-05-04T09:00:00.000Z' };
        return { status: 200, body };
      },
    ],
  });
  await screen.findByText(/^Searched back to .+ so far\.$/);
  await screen.findByText(/^Counted back to .+ only/);
  expect(screen.queryByText('No message matches these filters')).toBeNull();
  expect(api.requests.some(({ query }) => query.get('cursor') === 'on')).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: 'Search further back' }));
  await screen.findByRole('row', { name: /DataTransfer/ });
  expect(screen.queryByRole('button', { name: 'Search further back' })).toBeNull();
});

test('what looks wrong in the fleet is looked for when asked, with progress; each finding leads to its frame', async () => {
  let rows = 0;
  const things = [
    {
      thingName: 'CP-0002',
      bad: 3,
      warn: 0,
      rules: [
        { rule: 'boot-loop', severity: 'bad', findings: 3, lastAt: '2026-05-04T09:30:00.000Z', messageIds: ['41'] },
      ],
    },
  ];
  const search = { id: 's1', status: 'running', rows: 0, total: 700, cutAt: null, things: [], thingCount: 0 };
  const { api } = await renderApp({
    path: '/messages?from=2026-05-04T09:00:00.000Z&to=2026-05-04T10:00:00.000Z',
    routes: [
      ({ path, method }) => {
        if (path === '/findings/searches' && method === 'POST') return { status: 201, body: search };
        if (path !== '/findings/searches/s1') return undefined;
        rows += 350;
        if (rows < 700) return { status: 200, body: { ...search, rows } };
        return { status: 200, body: { ...search, status: 'done', rows, things, thingCount: 1 } };
      },
    ],
  });
  fireEvent.click(await screen.findByRole('button', { name: 'Look for it' }));
  expect((await screen.findByRole('progressbar')).getAttribute('value')).toBe('350');
  await screen.findByText(/^1 charge point with findings\. 700 messages from/);
  const link = screen.getByRole('link', { name: 'boot loop ×3' });
  expect(link.getAttribute('href')).toMatch(/[?&]thingName=CP-0002&message=41$/);
  const range = { from: '2026-05-04T09:00:00.000Z', to: '2026-05-04T10:00:00.000Z' };
  expect(api.requests.find(({ path }) => path === '/findings/searches')?.body).toEqual(range);
});
