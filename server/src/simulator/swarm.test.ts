import { expect, it } from 'vitest';
import { friendly, startFakeCsms } from './fake-csms.ts';
import { startSimulatedChargePoint } from './simulated-charge-point.ts';
import { progressLine, startSwarm } from './swarm.ts';

it('a swarm connects under numbered identities, counts, and stops as a whole', async () => {
  const server = await startFakeCsms({ protocols: ['ocpp1.6'], answer: friendly });
  const template = { url: server.url, id: 'CP', protocol: 'ocpp1.6' } as const;
  const swarm = startSwarm({ count: 120, template, start: startSimulatedChargePoint });
  await expect.poll(() => swarm.counts().booted, { timeout: 10_000 }).toBe(120);
  await server.heard('StatusNotification', 240);
  expect(new Set(server.connections.map(({ path }) => path)).size).toBe(120);
  expect(server.connections.map(({ path }) => path)).toContain('/ocpp/CP-0120');
  expect(progressLine(swarm.counts())).toMatch(
    /^120\/120 connected · 120 boots accepted · 360 frames sent · \d+ received$/,
  );
  await swarm.stop();
  expect(await swarm.ended).toEqual({ kind: 'stopped' });
  expect(swarm.counts()).toMatchObject({ connected: 0, ended: 120 });
  await server.close();
});

it('a swarm that is refused ends with the reason', async () => {
  const server = await startFakeCsms({ protocols: ['ocpp1.6'], answer: friendly, refuseWith: 404 });
  const template = { url: server.url, id: 'CP', protocol: 'ocpp1.6' } as const;
  const swarm = startSwarm({ count: 3, template, start: startSimulatedChargePoint });
  expect(await swarm.ended).toEqual({ kind: 'refused', status: 404 });
  expect(swarm.counts()).toMatchObject({ started: 3, ended: 3 });
  await server.close();
});
