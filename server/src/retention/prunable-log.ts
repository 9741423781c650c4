import type { Imports } from '../message-log/imports/imports.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { Pins } from './pins.ts';
import type { Prunable } from './prunable.ts';

export function prunableLog({ log, pins }: { log: Pick<MessageLog, 'prune' | 'sizes'>; pins: Pins }): Prunable {
  return {
    size: () => log.sizes(),
    async prune(before) {
      const was = await log.sizes();
      // Also when every day stays: what is no longer pinned goes.
      await log.prune({ before, pinned: await pins.ranges() });
      const is = await log.sizes();
      return Math.max(0, was.rows + was.pinned.rows - is.rows - is.pinned.rows);
    },
  };
}

export function prunableImports(imports: Imports): Prunable {
  return {
    async size() {
      const list = imports.list();
      const oldestAt = list.at(-1)?.createdAt ?? null;
      return { rows: list.length, bytes: list.reduce((sum, { bytes }) => sum + bytes, 0), oldestAt };
    },
    async prune(before) {
      if (before === null) return 0;
      const old = imports.list().filter(({ createdAt, status }) => createdAt < before && status !== 'running');
      for (const { id } of old) await imports.remove(id);
      return old.length;
    },
  };
}
