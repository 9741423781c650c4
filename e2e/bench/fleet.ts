import { setInterval } from 'node:timers';
import { BOOT_2, type ChargePoint, connectChargePoint, status2 } from '../fixtures/charge-point.ts';
import type { Product } from '../fixtures/product.ts';

const AT_ONCE = 100;
const REPORTS_PER_SECOND = 100;

/** A fleet of which each charge point has booted and told of two connectors; every second one is still connected. */
export async function fillFleet(
  product: Product,
  { count, token }: { count: number; token: string },
): Promise<{ report(): () => void; close(): void }> {
  const names = Array.from({ length: count }, (_, at) => `CP-${String(at).padStart(5, '0')}`);
  const response = await fetch(`${product.url}/api/v1/things/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: ['thingName,tags', ...names.map((name, at) => `${name},site-${at % 40}`)].join('\n'),
  });
  if (!response.ok) throw new Error(await response.text());
  const connected: ChargePoint[] = [];
  const next = names.entries();
  const connectSome = async () => {
    for (const [at, name] of next) {
      const chargePoint = await connectChargePoint(product.ocppUrl, name);
      await chargePoint.call('BootNotification', BOOT_2);
      for (const evse of [1, 2]) await chargePoint.call('StatusNotification', status2(evse, 'Available'));
      if (at % 2 === 0) connected.push(chargePoint);
      else await chargePoint.close();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, connectSome));

  return {
    report() {
      let at = 0;
      const timer = setInterval(() => {
        at += 1;
        const status = at % 3 === 0 ? 'Occupied' : 'Available';
        void connected[at % connected.length]?.call('StatusNotification', status2(1, status));
      }, 1_000 / REPORTS_PER_SECOND);
      return () => clearInterval(timer);
    },
    close() {
      for (const chargePoint of connected) void chargePoint.close();
    },
  };
}
