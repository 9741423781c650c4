import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { expect, it } from 'vitest';
import { hasMosquitto } from '../src/bus/testing/mosquitto.ts';
import { eventually } from './support/eventually.ts';
import { connectRaw } from './support/raw-charge-point.ts';
import { startCluster } from './support/start-cluster.ts';

it.runIf(hasMosquitto)(
  'an instance stands still and is given up by the other; when it goes on, its charge points are online again',
  { timeout: 90_000 },
  async () => {
    const cluster = await startCluster();
    const { a, b } = cluster;
    try {
      await a.api('POST', '/things', { thingName: 'CP1' });
      await eventually(async () => expect((await b.api<Thing>('GET', '/things/CP1')).overall).toBe('never-seen'));
      const charger = await connectRaw(a.port, 'CP1', 'ocpp1.6');
      const both = async (is: string): Promise<void> => {
        for (const each of [b, a])
          await eventually(async () => expect((await each.api<Thing>('GET', '/things/CP1')).overall).toBe(is));
      };
      await both('connected');

      process.kill(a.pid, 'SIGSTOP');
      await eventually(async () => expect((await b.api<Thing>('GET', '/things/CP1')).overall).toBe('offline'));
      process.kill(a.pid, 'SIGCONT');
      await both('connected');
      const command = b.api<Command>('POST', '/things/CP1/commands', { action: 'ClearCache', payload: {} });
      const call = await eventually(() => {
        const received = charger.received.find((frame) => frame[2] === 'ClearCache');
        expect(received).toBeDefined();
        return received ?? [];
      });
      charger.send(JSON.stringify([3, call[1], { status: 'Accepted' }]));
      expect(await command).toMatchObject({ status: 'answered' });
      charger.tcp.destroy();
      await both('offline');
    } finally {
      await cluster.stop();
    }
  },
);
