import { Client } from 'pg';
import { connectionOptions } from './connection-options.ts';

const RECONNECT_AFTER_MS = 1_000;

export interface ListenOptions {
  url: string;
  channel: string;
  /** `from`: the connection of whoever told it. */
  onNotice: (text: string, from: number) => void;
  /** What was told before, and while there was no connection, was missed. */
  onListening: () => void;
}

/** Hears what other processes tell over the database (`notify`). @returns ends it */
export async function listen({ url, channel, onNotice, onListening }: ListenOptions): Promise<() => Promise<void>> {
  let current: Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function lose(client: Client): void {
    if (closed || current !== client) return;
    current = null;
    again();
  }

  function again(): void {
    timer = setTimeout(() => void open().catch(again), RECONNECT_AFTER_MS).unref();
  }

  async function open(): Promise<void> {
    const client = new Client(connectionOptions(url));
    client.on('error', () => lose(client));
    client.on('end', () => lose(client));
    client.on('notification', ({ payload = '', processId }) => onNotice(payload, processId));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    if (closed) return client.end();
    current = client;
    onListening();
  }

  await open();
  return async () => {
    closed = true;
    if (timer !== null) clearTimeout(timer);
    await current?.end();
  };
}
