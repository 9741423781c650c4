import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { download } from '../../../lib/download.ts';
import { useMay } from '../../../lib/permissions.ts';
import { thingsQuery } from '../../../lib/thing-queries.ts';
import { filterThings, sortThings, type ThingFilter } from '../api/thing-filter.ts';
import { thingsCsv } from '../api/things-csv.ts';
import { DoorStrip } from './door-strip.tsx';
import { FleetTiles } from './fleet-tiles.tsx';
import { NoThings } from './no-things.tsx';
import { SelectionBar } from './selection-bar.tsx';
import type { ColumnKey } from './thing-columns.tsx';
import { ThingToolbar } from './thing-toolbar.tsx';
import { ThingsTable } from './things-table.tsx';

interface ChargePointsProps {
  filter: ThingFilter;
  onFilter: (patch: Partial<Record<keyof ThingFilter, string | undefined>>) => void;
  onRegister: (thingName: string) => void;
  /** Something is to be sent to all of these. */
  onCommand: (things: Thing[]) => void;
}

const NO_FILTER = { search: undefined, state: undefined, ocpp: undefined, vendor: undefined, tag: undefined };

export function ChargePoints({ filter, onFilter, onRegister, onCommand }: ChargePointsProps) {
  const { t } = useTranslation();
  const mayRegister = useMay('things:register');
  const { data: things, error, isPending, refetch } = useQuery(thingsQuery);
  const [hidden, setHidden] = useLocalStorage<ColumnKey[]>({ key: 'cpo-console.columns', defaultValue: [] });
  const maySend = useMay('commands:support');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const maySelect = maySend || mayRegister;
  const selection = useMemo(() => (maySelect ? { selected, onSelect: setSelected } : null), [maySelect, selected]);
  const wanted = useDeferredValue(filter);
  const shown = useMemo(() => sortThings(filterThings(things ?? [], wanted), wanted.sort), [things, wanted]);
  return (
    <>
      <div className="row">
        <h1>{t('nav.chargePoints')}</h1>
        <span className="grow" />
        {shown.length > 0 && (
          <button
            type="button"
            className="btn"
            onClick={() => download('charge-points.csv', 'text/csv', thingsCsv(shown))}
          >
            {t('action.exportCsv')}
          </button>
        )}
        {mayRegister && (
          <button type="button" className="btn p" onClick={() => onRegister('new')}>
            {t('action.register')}
          </button>
        )}
      </div>
      <FleetTiles state={filter.state} onState={(state) => onFilter({ state })} />
      <DoorStrip onRegister={onRegister} />
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {isPending && (
        <div className="panel">
          <SkeletonRows rows={12} />
        </div>
      )}
      {things?.length === 0 && <NoThings onRegister={() => onRegister('new')} />}
      {things && things.length > 0 && (
        <>
          <ThingToolbar
            things={things}
            shown={shown.length}
            filter={filter}
            onFilter={onFilter}
            hidden={hidden}
            onHidden={setHidden}
          />
          {selected.size > 0 && (
            <SelectionBar
              things={things.filter(({ thingName }) => selected.has(thingName))}
              onCommand={onCommand}
              onClear={() => setSelected(new Set())}
            />
          )}
          {shown.length > 0 ? (
            <ThingsTable
              things={shown}
              hidden={hidden}
              sort={filter.sort ?? 'name'}
              onSort={(sort) => onFilter({ sort })}
              selection={selection}
            />
          ) : (
            <div className="panel empty">
              <h2>{t('empty.filtered')}</h2>
              <button type="button" className="btn" onClick={() => onFilter(NO_FILTER)}>
                {t('filter.clear')}
              </button>
            </div>
          )}
        </>
      )}
    </>
  );
}
