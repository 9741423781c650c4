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
