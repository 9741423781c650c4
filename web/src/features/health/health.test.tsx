import type { Health } from '@cpo-console/shared/api/health.ts';
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderApp } from '../../testing/render.tsx';

const well = { ok: true, trouble: null };
const HEALTH: Health = {
  ok: true,
  version: '1.2.3',
  startedAt: '2026-01-02T03:04:05.000Z',
  backEnd: 'aws',
  database: { ...well, kind: 'postgres' },
  bus: well,
  registry: well,
  log: { ...well, indexLagRows: 1, lastCommitMs: 2.34 },
  disk: { freeBytes: 50e9, totalBytes: 100e9 },
  connections: 12,
  instances: [
    { name: 'host-a', connections: 5 },
    { name: 'host-b', connections: 7 },
  ],
};
const show = (health: Health) =>
  renderApp({
    path: '/health',
    routes: [
      ({ method, path }) => (method === 'GET' && path === '/health' ? { status: 200, body: health } : undefined),
    ],
  });
const row = (name: string) => screen.findByRole('row', { name: new RegExp(name) });

test('each part of the server, and who holds how many charge points', async () => {
  await show(HEALTH);
  within(await row('^Message bus')).getByText('AWS IoT Core');
  expect((await row('^Message log')).textContent).toContain('Last write 2.3 ms · 1 row not searchable yet');
  within(await row('^Together')).getByText('12');
  screen.getByText('Everything works.');
});

test('what is wrong stands where it is wrong, in the server’s words', async () => {
  const trouble = 'AWS IoT Core refuses us: not allowed (iot:Connect is missing)';
  await show({ ...HEALTH, ok: false, bus: { ok: false, trouble }, disk: { freeBytes: 1e9, totalBytes: 100e9 } });
  within(await row('^Message bus')).getByText(trouble);
  within(await row('^Message bus')).getByText('Trouble');
  within(await row('^Disk')).getByText(/^Only 1/);
  within(await row('^Database')).getByText('Works');
});
