// biome-ignore-all lint/a11y/useSemanticElements: a virtualised table is laid out as a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: what is in the cell takes the focus
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { type ChangeEvent, useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './things-table.module.css';

export interface Selection {
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}

/** All that are shown, or none. */
export function SelectAll({ things, selection }: { things: readonly Thing[]; selection: Selection }) {
  const { t } = useTranslation();
  const { selected, onSelect } = selection;
  const all = things.length > 0 && things.every(({ thingName }) => selected.has(thingName));
  return (
    <div role="columnheader" className={styles.select}>
      <input
        type="checkbox"
        aria-label={t('bulk.selectAll')}
        checked={all}
        ref={(box) => {
          if (box) box.indeterminate = !all && selected.size > 0;
        }}
        onChange={(event) => {
          event.stopPropagation();
          onSelect(all ? new Set() : new Set(things.map(({ thingName }) => thingName)));
        }}
      />
    </div>
  );
}

/** One handler for the boxes of all rows. With shift, everything from the last one to this one. */
export function useSelectRow(things: readonly Thing[], selection: Selection | null) {
  const last = useRef<number | null>(null);
  return useCallback(
    (event: ChangeEvent<HTMLElement> | { target: EventTarget; nativeEvent: Event }) => {
      const box = event.target as HTMLInputElement;
      if (selection === null || box.dataset.select === undefined) return;
      const index = Number(box.dataset.select);
      const isRange = (event.nativeEvent as MouseEvent).shiftKey === true && last.current !== null;
      const from = isRange ? Math.min(last.current ?? index, index) : index;
      const to = isRange ? Math.max(last.current ?? index, index) : index;
      const selected = new Set(selection.selected);
      for (const { thingName } of things.slice(from, to + 1)) {
        if (box.checked) selected.add(thingName);
        else selected.delete(thingName);
      }
      last.current = index;
      selection.onSelect(selected);
    },
    [things, selection],
  );
}
