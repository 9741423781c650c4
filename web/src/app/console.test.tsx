// The console as a person meets it, over a server that answers from memory.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fakeMessage, fakeThing } from '../testing/fake-data.ts';
import { renderApp } from '../testing/render.tsx';

const problem = (status: number, detail: string) => ({
  status,
  body: { type: 'about:blank', title: 'Refused', status, detail },
});

test('who is not signed in is asked to, and comes to the page that was wanted', async () => {
  let signedIn = false;
  const session = { user: { id: 'u', name: 'ada', role: 'admin' }, permissions: [] };
  const { router } = await renderApp({
    path: '/sessions?active=true',
    routes: [
      ({ path, method }) => {
        if (path !== '/session') return undefined;
        if (method === 'POST') signedIn = true;
        return signedIn ? { status: 200, body: session } : problem(401, 'No session.');
      },
    ],
  });
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'ada' } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'correct horse' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByRole('heading', { name: 'Sessions' });
  expect(router.state.location.href).toBe('/sessions?active=true');
});

test('a charge point that connects turns so in its row without reload', async () => {
  const { stream } = await renderApp({ path: '/', things: 9 });
  const row = await screen.findByRole('row', { name: /CP-0008/ });
  expect(within(row).getByText('Never seen')).toBeTruthy();
  stream()?.say('thing', { things: [{ ...fakeThing(1, 'CP-0008') }], removed: [] }, '5');
  await waitFor(() => expect(within(screen.getByRole('row', { name: /CP-0008/ })).getByText('Connected')).toBeTruthy());
});

test('without charge points the page teaches how to get one', async () => {
  const { api } = await renderApp({ path: '/', things: 0 });
  fireEvent.click(await screen.findByRole('button', { name: 'Start a simulated one' }));
  await waitFor(() => expect(api.requests.some((request) => request.path === '/demo-charge-point')).toBe(true));
});

test('a list that cannot be fetched says why and tries again', async () => {
  let down = true;
  await renderApp({
    path: '/',
    routes: [({ path }) => (path === '/things' && down ? problem(500, 'The database is locked.') : undefined)],
  });
  await screen.findByText('The database is locked.');
  down = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('row', { name: /CP-0000/ });
});

test('a refused charge point is registered from the door, and its secret is shown', async () => {
  await renderApp({ path: '/' });
  fireEvent.click(await screen.findByRole('button', { name: 'Register CP2' }));
  const name = await screen.findByRole('textbox', { name: 'Thing name' });
  expect((name as HTMLInputElement).value).toBe('CP2');
  fireEvent.click(screen.getByRole('button', { name: 'Register' }));
  await screen.findByText('vN3-8kq2-Zt7w-Lp4x');
  expect(screen.getByText('ws://127.0.0.1:8080/ocpp/CP2')).toBeTruthy();
  expect(screen.getByText('Waiting for the first connection…')).toBeTruthy();
});

test('a bad name is refused as it is typed', async () => {
  await renderApp({ path: '/?register=new' });
  const name = await screen.findByRole('textbox', { name: 'Thing name' });
  fireEvent.change(name, { target: { value: 'CP/1' } });
  expect(screen.getByText('Only letters, digits, “-”, “_” and “:”.')).toBeTruthy();
  expect((screen.getByRole('button', { name: 'Register' }) as HTMLButtonElement).disabled).toBe(true);
});

test('new messages wait while the list is paused, and come when asked for', async () => {
  const { stream } = await renderApp({ path: '/messages' });
  await screen.findAllByText('RequestStopTransaction');
  fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  stream()?.say(
    'message',
    fakeMessage(9000, {
      kind: 'call',
      direction: 'in',
      action: 'DataTransfer',
      messageId: 'q',
      frame: '[2,"q","DataTransfer",{}]',
    }),
    '9000',
  );
  const waiting = await screen.findByRole('button', { name: /1 new/ });
  expect(screen.queryByRole('row', { name: /DataTransfer/ })).toBeNull();
  fireEvent.click(waiting);
  await screen.findByRole('row', { name: /DataTransfer/ });
});

test('a dangerous command asks first, naming the charge point, and its answer shows in place', async () => {
  const { api } = await renderApp({ path: '/charge-points/CP-0000?tab=commands&command=Reset' });
  fireEvent.click(await screen.findByRole('button', { name: 'Send' }));
  const dialog = await screen.findByRole('dialog', { name: 'Reset on CP-0000?' });
  expect(api.requests.some((request) => request.method === 'POST')).toBe(false);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Send Reset' }));
  await waitFor(() => expect(screen.getAllByText('Accepted in 214 ms').length).toBeGreaterThan(1));
  const sent = api.requests.find((request) => request.path.endsWith('/commands') && request.method === 'POST');
  expect(sent?.body).toEqual({ action: 'Reset', payload: { type: 'Immediate' } });
});

test('an address that leads nowhere says so', async () => {
  await renderApp({ path: '/nowhere' });
  await screen.findByRole('heading', { name: 'Nothing is here' });
});

test('who may not read messages is offered no way to them', async () => {
  const session = { user: { id: 'u', name: 'vi', role: 'viewer' }, permissions: ['things:read', 'transactions:read'] };
  await renderApp({
    path: '/charge-points/CP-0000',
    routes: [({ path }) => (path === '/session' ? { status: 200, body: session } : undefined)],
  });
  await screen.findByRole('tab', { name: 'Sessions' });
  expect(screen.queryByRole('tab', { name: 'Messages' })).toBeNull();
  expect(screen.queryByRole('link', { name: /messages/i })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Access' })).toBeNull();
});
