import { afterEach, expect, test } from 'vitest';
import type { VendorMessage } from '../data-transfer/vendor-messages.ts';
import { startCsms, type TestCsms } from '../testing/start-csms.ts';

let csms: TestCsms;
afterEach(() => csms.stop());

const heard: unknown[] = [];
const vendorMessages: VendorMessage[] = [
  {
    vendorId: 'com.Acme',
    messageId: 'Temperature',
    handle(data, { thingName }) {
      heard.push([thingName, data]);
      return { status: 'Accepted', data: { next: 60 } };
    },
  },
  { vendorId: 'com.acme', messageId: null, handle: async () => ({ status: 'Rejected' }) },
];

test.each([
  ['ocpp1.6', '{"next":60}'],
  ['ocpp2.0.1', { next: 60 }],
  ['ocpp2.1', { next: 60 }],
] as const)('P02, 1.6 §4.3 in %s: vendor and message choose the handler', async (version, data) => {
  csms = await startCsms({ vendorMessages });
  csms.present('CP1', version);
  const transfer = (payload: object) => csms.call('CP1', 'DataTransfer', payload);
  expect(await transfer({ vendorId: 'nobody', messageId: 'Temperature' })).toEqual({ status: 'UnknownVendorId' });
  expect(await transfer({ vendorId: 'com.acme', messageId: 'Humidity' })).toEqual({ status: 'UnknownMessageId' });
  const known = { vendorId: 'COM.ACME', messageId: 'temperature', data: '21.5' };
  expect(await transfer(known)).toEqual({ status: 'Accepted', data });
  expect(heard.at(-1)).toEqual(['CP1', '21.5']);
  expect(await transfer({ vendorId: 'com.acme' })).toEqual({ status: 'Rejected' });
});
