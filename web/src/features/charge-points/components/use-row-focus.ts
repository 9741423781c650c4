import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

interface RowFocusOptions {
  scroller: RefObject<HTMLDivElement | null>;
  virtual: Virtualizer<HTMLDivElement, Element>;
  rowHeight: number;
}

/** `j` and `k` move the focus from row to row, from the first in view on; Enter then follows the row's link. */
export function useRowFocus({ scroller, virtual, rowHeight }: RowFocusOptions): void {
  /** A row that has to be scrolled into existence first. */
  const wanted = useRef<number | null>(null);
  const focusWanted = () => {
    if (wanted.current === null) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${wanted.current + 2}"] a`);
    if (!link) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
  };
  useLayoutEffect(focusWanted);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.key !== 'j' && event.key !== 'k') || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement | null;
      if (target?.closest('input, textarea, select, [role="dialog"], [role="menu"]')) return;
      const row = scroller.current?.contains(document.activeElement)
        ? document.activeElement?.closest('[aria-rowindex]')
        : null;
      const at = wanted.current ?? (row ? Number(row.getAttribute('aria-rowindex')) - 2 : null);
      const first = Math.ceil((virtual.scrollOffset ?? 0) / rowHeight);
      const next = at === null ? first : at + (event.key === 'j' ? 1 : -1);
      wanted.current = Math.max(0, Math.min(next, virtual.options.count - 1));
      virtual.scrollToIndex(wanted.current);
      focusWanted();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
