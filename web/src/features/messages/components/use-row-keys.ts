import type { Exchange } from '@cpo-console/shared/message-log/exchanges.ts';
import { useEffect } from 'react';

interface RowKeysOptions {
  rows: Exchange[];
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}

/** `j` and `k` walk the rows, Escape closes the details. */
export function useRowKeys({ rows, selected, onSelect }: RowKeysOptions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target?.closest('input, textarea, select, [role="dialog"], [role="menu"]')
      )
        return;
      const at = rows.findIndex((row) => row.id === selected);
      if (event.key === 'j') onSelect(rows[Math.min(at + 1, rows.length - 1)]?.id);
      else if (event.key === 'k') onSelect(rows[Math.max(at - 1, 0)]?.id);
      else if (event.key === 'Escape' && selected !== undefined) onSelect(undefined);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [rows, selected, onSelect]);
}
