/** Who wants to hear whose records have changed. */
export interface ChangeListeners {
  /** @returns ends it */
  onChange(listener: (thingName: string) => void): () => void;
  tell(thingName: string): void;
}

export function createChangeListeners(): ChangeListeners {
  const listeners = new Set<(thingName: string) => void>();
  return {
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(thingName) {
      for (const listener of listeners) listener(thingName);
    },
  };
}
