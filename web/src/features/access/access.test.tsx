import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FakeRoute } from '../../testing/fake-api.ts';
import { renderApp } from '../../testing/render.tsx';

const at = '2026-05-04T12:00:00.000Z';
const answers =
  (method: string, path: string, body: unknown): FakeRoute =>
  (request) =>
    request.method === method && request.path === path ? { status: 200, body } : undefined;

test('a token that nobody knows is added with one click', async () => {
  let unknown = [{ idToken: '04DEAD', type: 'ISO14443', thingName: 'CP-0001', tries: 3, firstAt: at, lastAt: at }];
  const { api } = await renderApp({
    path: '/access',
    routes: [
      ({ path }) => (path === '/unknown-tokens' ? { status: 200, body: { items: unknown } } : undefined),
      ({ method, path, body }) => {
        if (method !== 'POST' || path !== '/id-tokens') return undefined;
        unknown = [];
        return { status: 201, body: body as object };
      },
    ],
  });
  fireEvent.click(await screen.findByRole('button', { name: 'Add 04DEAD' }));
  await waitFor(() => expect(screen.queryByText('04DEAD')).toBeNull());
  const sent = api.requests.find(({ method, path }) => method === 'POST' && path === '/id-tokens');
  expect(sent?.body).toEqual({ idToken: '04DEAD', type: 'ISO14443' });
});

test('a token that charges just now says so before it is deleted', async () => {
  const uses = {
    sessions: [{ id: 's', thingName: 'CP-0001', transactionId: '7' }],
    groupMembers: 2,
    localLists: ['CP-0002'],
  };
  const { api } = await renderApp({
    path: '/access',
    routes: [answers('GET', '/id-tokens/04A2B3C4D5/uses', uses)],
  });
  const row = await screen.findByRole('row', { name: /04A2B3C4D5/ });
  fireEvent.click(within(row).getByRole('button', { name: 'Edit' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Delete…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Delete id token 04A2B3C4D5?' });
  await within(dialog).findByText('It is charging just now, at CP-0001. The session goes on.');
  within(dialog).getByText('It is the group of 2 other tokens.');
  within(dialog).getByText(/local lists of CP-0002/);
  expect(api.requests.some(({ method }) => method === 'DELETE')).toBe(false);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(api.requests.some(({ method }) => method === 'DELETE')).toBe(true));
});

test('an import with a bad row shows which and why, and cannot be sent', async () => {
  const rows = [
    { line: 2, idToken: 'A', outcome: 'added' },
    { line: 3, idToken: 'B', outcome: 'refused', message: 'status must be one of Accepted' },
  ];
  await renderApp({
    path: '/access',
    routes: [answers('POST', '/id-tokens/import', { preview: true, imported: 0, refused: 1, rows })],
  });
  fireEvent.click(await screen.findByRole('button', { name: 'Import CSV…' }));
  fireEvent.change(await screen.findByLabelText('Tokens as CSV'), { target: { value: 'idToken,status\nA,\nB,x' } });
  await screen.findByText('status must be one of Accepted');
  expect((screen.getByRole('button', { name: 'Import 0 tokens' }) as HTMLButtonElement).disabled).toBe(true);
});
