import type { VendorMessage } from '../data-transfer/vendor-messages.ts';
import type { Call } from '../handlers/handler.ts';

interface DataTransfer {
  vendorId: string;
  messageId?: string;
  data?: unknown;
}

interface DataTransferAnswer {
  status: 'Accepted' | 'Rejected' | 'UnknownMessageId' | 'UnknownVendorId';
  data?: unknown;
}

const same = (one: string | null, other: string | null): boolean => one?.toLowerCase() === other?.toLowerCase();

/** @see OCPP 1.6 §4.3, OCPP 2.0.1 part 2, P02 */
export async function answerDataTransfer(
  messages: readonly VendorMessage[],
  { vendorId, messageId, data }: DataTransfer,
  call: Call,
): Promise<DataTransferAnswer> {
  const ofVendor = messages.filter((message) => same(message.vendorId, vendorId));
  if (ofVendor.length === 0) return { status: 'UnknownVendorId' };
  const known = ofVendor.find((message) => same(message.messageId, messageId ?? null));
  return known === undefined ? { status: 'UnknownMessageId' } : known.handle(data, call);
}
