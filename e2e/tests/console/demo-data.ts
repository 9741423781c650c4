import type { Page } from '@playwright/test';
import {
  BOOT_2,
  BOOT_16,
  type ChargePoint,
  connectChargePoint,
  refusedStatus,
  status2,
  status16,
} from '../../fixtures/charge-point.ts';
import type { Product } from '../../fixtures/product.ts';
import { register } from '../../fixtures/test.ts';

/** A little of everything: two versions, a session, a fault, one that was never seen, one at the door. */
export async function fillWithDemoData(page: Page, product: Product): Promise<ChargePoint[]> {
  for (const thingName of ['CP1', 'CP-0421', 'CP-0999']) await register(page, product, { thingName, tags: ['north'] });
  const modern = await connectChargePoint(product.ocppUrl, 'CP1');
  await modern.call('BootNotification', BOOT_2);
  await modern.call('StatusNotification', status2(1, 'Available'));
  await modern.call('StatusNotification', status2(2, 'Occupied'));
  await modern.call('TransactionEvent', {
    eventType: 'Started',
    timestamp: new Date().toISOString(),
    triggerReason: 'Authorized',
    seqNo: 0,
    transactionInfo: { transactionId: 'TX-1', chargingState: 'Charging' },
    evse: { id: 2, connectorId: 1 },
    idToken: { idToken: 'CARD-1', type: 'ISO14443' },
  });
  const old = await connectChargePoint(product.ocppUrl, 'CP-0421', { protocol: 'ocpp1.6' });
  await old.call('BootNotification', BOOT_16);
  await old.call('StatusNotification', status16(1, 'Faulted', 'GroundFailure'));
  await refusedStatus(product.ocppUrl, 'CP-NEW');
  return [modern, old];
}

/** Every page of the console that shows something with this data. */
export const PAGES = [
  '/',
  '/messages',
  '/sessions',
  '/access',
  '/charge-points/CP1',
  '/charge-points/CP1?tab=messages',
  '/charge-points/CP1?tab=commands',
  '/charge-points/CP1?tab=sessions',
  '/charge-points/CP1?tab=shadow',
  '/charge-points/CP-0421',
];
