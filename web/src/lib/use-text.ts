import type { TFunction } from 'i18next';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';

export interface Text {
  t: TFunction;
  language: string;
}

let text: Text | null = null;
const listeners = new Set<() => void>();

function current(): Text {
  text ??= { t: i18next.t, language: i18next.language };
  return text;
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) i18next.on('languageChanged', changed);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) i18next.off('languageChanged', changed);
  };
}

function changed(): void {
  text = null;
  for (const tell of listeners) tell();
}

/** As useTranslation, but cheap enough for the cells of a table that scrolls: those mount by the hundred in a frame. */
export function useText(): Text {
  return useSyncExternalStore(subscribe, current);
}
