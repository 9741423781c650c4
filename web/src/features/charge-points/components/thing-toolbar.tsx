import type { Thing } from '@cpo-console/shared/api/things.ts';
import { Checkbox, Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FacetMenu } from '../../../components/ui/facet-menu.tsx';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { number } from '../../../lib/format.ts';
import { versionName } from '../../../lib/station-view.ts';
import { countFacet, type ThingFilter } from '../api/thing-filter.ts';
import { COLUMNS, type ColumnKey } from './thing-columns.tsx';

interface ThingToolbarProps {
  things: Thing[];
  shown: number;
  filter: ThingFilter;
  onFilter: (patch: Partial<Record<keyof ThingFilter, string | undefined>>) => void;
  hidden: ColumnKey[];
  onHidden: (hidden: ColumnKey[]) => void;
}

export function ThingToolbar({ things, shown, filter, onFilter, hidden, onHidden }: ThingToolbarProps) {
  const { t, i18n } = useTranslation();
  const facet = (name: 'state' | 'ocpp' | 'vendor' | 'tag', label: (value: string) => string) => ({
    value: filter[name],
    chosenLabel: filter[name] && label(filter[name]),
    options: () =>
      [...countFacet(things, filter, name)].map(([value, count]) => ({ value, count, label: label(value) })),
    onChange: (value: string | undefined) => onFilter({ [name]: value }),
  });
  const same = (value: string) => value;
  return (
    <div className="row wrap">
      <SearchField
        label={t('filter.searchThings')}
        value={filter.search ?? ''}
        onChange={(search) => onFilter({ search })}
      />
      <FacetMenu label={t('column.state')} {...facet('state', (value) => t(`state.${value as 'offline'}`))} />
      <FacetMenu label={t('column.ocpp')} {...facet('ocpp', (value) => versionName(value as 'ocpp1.6'))} />
      <FacetMenu label={t('filter.vendor')} {...facet('vendor', same)} />
      <FacetMenu label={t('filter.tag')} {...facet('tag', same)} />
      <span className="grow" />
      <span className="mut" role="status">
        {t('list.shown', { count: shown, number: number(i18n.language, shown) })}
      </span>
      <Popover position="bottom-end">
        <Popover.Target>
          <button type="button" className="chip">
            {t('filter.columns')} <span aria-hidden="true">▾</span>
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <div className="stack" style={{ gap: 8 }}>
            {COLUMNS.filter((column) => !column.always).map((column) => (
              <Checkbox
                key={column.key}
                size="xs"
                label={t(`column.${column.key}`)}
                checked={!hidden.includes(column.key)}
                onChange={(event) =>
                  onHidden(
                    event.currentTarget.checked ? hidden.filter((key) => key !== column.key) : [...hidden, column.key],
                  )
                }
              />
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
