import type { Call } from '../handlers/handler.ts';

/** What a charge point gets for data of its own kind. OCPP 1.6 carries text only: anything else goes as JSON. */
export interface VendorAnswer {
  status: 'Accepted' | 'Rejected';
  data?: unknown;
}

/** Data outside of the specification that we understand. */
export interface VendorMessage {
  /** Compared without regard to case, as `messageId`. */
  vendorId: string;
  /** null: messages of the vendor without an id. */
  messageId: string | null;
  /** `data` is whatever the charge point sent: read it with the helpers of read-payload.ts. */
  handle(data: unknown, call: Call): VendorAnswer | Promise<VendorAnswer>;
}

/** Those that the product understands. docs/how-to/understand-vendor-data.md says how to add one. */
export const VENDOR_MESSAGES: readonly VendorMessage[] = [];
