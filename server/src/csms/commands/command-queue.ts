import type { CommandRecord } from './command-record.ts';

/** A charge point that comes back without a new boot is sent its commands after this; one that boots, right then. */
const SETTLE_MS = 5_000;

export interface CommandQueueOptions {
  now: () => number;
  isConnected: (thingName: string) => boolean;
  deliver: (record: CommandRecord) => Promise<unknown>;
  expire: (record: CommandRecord) => Promise<unknown>;
  onFault: (error: unknown) => void;
}

/** Commands for charge points that are away. Each is sent once, one after another, in the order in which they were given. */
export interface CommandQueue {
  add(record: CommandRecord): void;
  /** As `add`, for what was given before: it waits until the charge point is ready. */
  restore(record: CommandRecord): void;
  /** Takes one back. @returns null when it is not waiting (any more) */
  take(record: CommandRecord): CommandRecord | null;
  /** It is connected; it may boot yet. */
  connected(thingName: string): void;
  /** It can take commands now. */
  ready(thingName: string): void;
  close(): void;
}

interface Line {
  records: CommandRecord[];
  sending: boolean;
  settling: NodeJS.Timeout | null;
}

export function createCommandQueue(options: CommandQueueOptions): CommandQueue {
  const { now, isConnected, deliver, expire, onFault } = options;
  const lines = new Map<string, Line>();
  const expiries = new Map<string, NodeJS.Timeout>();

  function expireLater(record: CommandRecord): void {
    const leftMs = Math.max(0, (record.expiresAt ?? now()) - now());
    const timer = setTimeout(() => {
      if (take(record) !== null) expire(record).catch(onFault);
    }, leftMs);
    timer.unref();
    expiries.set(record.id, timer);
  }

  function take({ id, thingName }: CommandRecord): CommandRecord | null {
    clearTimeout(expiries.get(id));
    expiries.delete(id);
    const records = lines.get(thingName)?.records ?? [];
    const at = records.findIndex((record) => record.id === id);
    return at < 0 ? null : (records.splice(at, 1)[0] ?? null);
  }

  async function drain(thingName: string, line: Line): Promise<void> {
    if (line.sending) return;
    line.sending = true;
    try {
      while (isConnected(thingName)) {
        const record = line.records.shift();
        if (record === undefined) break;
        clearTimeout(expiries.get(record.id));
        expiries.delete(record.id);
        if (record.expiresAt !== null && record.expiresAt <= now()) await expire(record);
        else await deliver(record);
      }
    } catch (error) {
      onFault(error);
    } finally {
      line.sending = false;
    }
    if (line.records.length === 0 && line.settling === null) lines.delete(thingName);
  }

  function ready(thingName: string): void {
    const line = lines.get(thingName);
    if (line === undefined) return;
    if (line.settling !== null) clearTimeout(line.settling);
    line.settling = null;
    void drain(thingName, line);
  }

  function put(record: CommandRecord): Line {
    const line = lines.get(record.thingName) ?? { records: [], sending: false, settling: null };
    lines.set(record.thingName, line);
    if (expiries.has(record.id)) return line;
    line.records.push(record);
    expireLater(record);
    return line;
  }

  return {
    take,
    ready,
    restore: (record) => void put(record),
    add(record) {
      const line = put(record);
      // It may have come while the command was being stored.
      if (isConnected(record.thingName)) void drain(record.thingName, line);
    },
    connected(thingName) {
      const line = lines.get(thingName);
      if (line === undefined) return;
      if (line.settling !== null) clearTimeout(line.settling);
      line.settling = setTimeout(() => ready(thingName), SETTLE_MS);
      line.settling.unref();
    },
    close() {
      for (const timer of expiries.values()) clearTimeout(timer);
      for (const { settling } of lines.values()) if (settling !== null) clearTimeout(settling);
      lines.clear();
    },
  };
}
