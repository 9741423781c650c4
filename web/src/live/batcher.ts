/** Collects what arrives within `everyMs` and hands it over in one go, in order: one paint for a burst of events. */
export interface Batcher<T> {
  add(item: T): void;
  flush(): void;
  stop(): void;
}

export function createBatcher<T>(everyMs: number, take: (items: T[]) => void): Batcher<T> {
  let held: T[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (held.length === 0) return;
    const items = held;
    held = [];
    take(items);
  };
  return {
    add(item) {
      held.push(item);
      timer ??= setTimeout(flush, everyMs);
    },
    flush,
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      held = [];
    },
  };
}
