// biome-ignore-all lint/a11y/useKeyWithClickEvents: it follows links, which Enter clicks
// biome-ignore-all lint/a11y/useSemanticElements: a virtualised table is laid out as a grid; rows scroll in a focusable region
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtualised table is laid out as a grid; rows scroll in a focusable region
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a virtualised table is laid out as a grid; rows scroll in a focusable region
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Text, useText } from '../../../lib/use-text.ts';
import type { Sort } from '../api/thing-filter.ts';
import { SelectAll, type Selection, useSelectRow } from './select-rows.tsx';
import { COLUMNS, type Column, type ColumnKey } from './thing-columns.tsx';
import styles from './things-table.module.css';
import { useRowFocus } from './use-row-focus.ts';

const ROW_HEIGHT = 34;
/** Stays at the top while rows scroll under it. */
const HEAD_HEIGHT = 33;
const NARROW_ROW_HEIGHT = 64;

interface ThingsTableProps {
  things: Thing[];
  hidden: ColumnKey[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** null: nobody may do anything with what is selected. */
  selection: Selection | null;
}

const SELECT_WIDTH = '30px';

/** Ten thousand rows of one height: only those in view exist. */
export function ThingsTable({ things, hidden, sort, onSort, selection }: ThingsTableProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // One handler for all links: a router link in each row costs more than the rest of the row.
  const follow = (event: MouseEvent) => {
    const name = (event.target as HTMLElement).closest<HTMLElement>('a[data-thing]')?.dataset.thing;
    if (name === undefined || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void navigate({ to: '/charge-points/$name', params: { name } });
  };
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false }) ?? false;
  const rowHeight = narrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const scroller = useRef<HTMLDivElement>(null);
  const text = useText();
  const columns = COLUMNS.filter((column) => !hidden.includes(column.key));
  const template = [...(selection ? [SELECT_WIDTH] : []), ...columns.map((column) => column.width)].join(' ');
  const selectRow = useSelectRow(things, selection);
  const virtual = useVirtualizer({
    count: things.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollPaddingStart: HEAD_HEIGHT,
    scrollMargin: HEAD_HEIGHT,
    overscan: 4,
    initialRect: { width: 1200, height: 700 },
  });
  useRowFocus({ scroller, virtual, rowHeight });
  return (
    <div
      ref={scroller}
      className={`panel ${styles.scroller}`}
      tabIndex={0}
      role="table"
      onClick={follow}
      onChange={selectRow}
      aria-label={t('nav.chargePoints')}
      aria-rowcount={things.length + 1}
    >
      <div role="rowgroup" className={`vhead ${styles.head}`}>
        <div role="row" className={`vrow ${styles.row}`} style={{ gridTemplateColumns: template }}>
          {selection && <SelectAll things={things} selection={selection} />}
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const thing = things[item.index];
          if (!thing) return null;
          return (
            <ThingRow
              key={thing.thingName}
              thing={thing}
              columns={columns}
              template={template}
              text={text}
              top={item.start - HEAD_HEIGHT}
              index={item.index}
              selected={selection === null ? null : selection.selected.has(thing.thingName)}
            />
          );
        })}
      </div>
    </div>
  );
}

function HeadCell({ column, sort, onSort }: { column: Column; sort: Sort; onSort: (sort: Sort) => void }) {
  const { t } = useTranslation();
  const { sortBy } = column;
  const label = t(`column.${column.key}`);
  if (!sortBy) {
    return (
      <div role="columnheader" className={column.end ? styles.end : ''}>
        {label}
      </div>
    );
  }
  const direction = sort === sortBy ? 'ascending' : sort === `-${sortBy}` ? 'descending' : 'none';
  return (
    <div role="columnheader" aria-sort={direction} className={column.end ? styles.end : ''}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort(sort === sortBy ? (`-${sortBy}` as Sort) : sortBy)}
      >
        {label}{' '}
        <span aria-hidden="true">{direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : ''}</span>
      </button>
    </div>
  );
}

interface ThingRowProps {
  thing: Thing;
  columns: Column[];
  template: string;
  text: Text;
  top: number;
  index: number;
  selected: boolean | null;
}

const ThingRow = memo(
  function ThingRow({ thing, columns, template, text, top, index, selected }: ThingRowProps) {
    return (
      <div
        role="row"
        aria-rowindex={index + 2}
        className={`vrow vbody ${styles.row} ${styles.body}`}
        style={{ gridTemplateColumns: template, top }}
      >
        {selected !== null && (
          <div role="cell" className={styles.select}>
            <input
              type="checkbox"
              data-select={index}
              checked={selected}
              readOnly
              aria-label={text.t('bulk.select', { name: thing.thingName })}
            />
          </div>
        )}
        {columns.map((column) => (
          <div key={column.key} role="cell" data-column={column.key} className={column.end ? styles.end : ''}>
            {column.cell(thing, text)}
          </div>
        ))}
      </div>
    );
  },
  (before, after) =>
    before.thing === after.thing &&
    before.top === after.top &&
    before.template === after.template &&
    before.text === after.text &&
    before.index === after.index &&
    before.selected === after.selected,
);
