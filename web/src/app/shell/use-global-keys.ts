import { useEffect } from 'react';

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');
}

interface GlobalKeys {
  onPalette: () => void;
  onHelp: () => void;
}

/** Ctrl/Cmd-K the palette, `/` the page's search field, `?` the list of keys. */
export function useGlobalKeys({ onPalette, onHelp }: GlobalKeys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onPalette();
      } else if (!isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
        if (event.key === '?') onHelp();
        else if (event.key === '/') {
          const field = document.querySelector<HTMLInputElement>('input[type="search"]');
          if (!field) return;
          event.preventDefault();
          field.focus();
          field.select();
        }
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onPalette, onHelp]);
}
