import { useTranslation } from 'react-i18next';
import { FacetMenu } from '../../../components/ui/facet-menu.tsx';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { apiUrl } from '../../../lib/api-client.ts';
import type { SessionFilter } from '../../../live/session-filter.ts';
import { SessionsTable } from './sessions-table.tsx';

const RANGES = [60, 1440, 10080] as const;
const MINUTE_MS = 60_000;

interface SessionsProps {
  filter: SessionFilter;
  onFilter: (patch: Partial<Record<keyof SessionFilter, string | undefined>>) => void;
}

export function Sessions({ filter, onFilter }: SessionsProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="row">
        <h1>{t('nav.sessions')}</h1>
        <span className="grow" />
        <a className="btn" href={apiUrl('/transactions', { ...filter, format: 'csv' })} download="sessions.csv">
          {t('action.exportCsv')}
        </a>
      </div>
      <div className="row wrap">
        <SearchField
          label={t('messages.chargePoint')}
          value={filter.thingName ?? ''}
          onChange={(thingName) => onFilter({ thingName })}
        />
        <SearchField
          label={t('session.token')}
          value={filter.idToken ?? ''}
          onChange={(idToken) => onFilter({ idToken })}
        />
        <FacetMenu
          label={t('column.state')}
          value={filter.stuck ? 'stuck' : filter.active}
          options={[
            { value: 'true', label: t('session.active') },
            { value: 'stuck', label: t('session.stuck') },
            { value: 'false', label: t('session.ended') },
          ]}
          onChange={(state) =>
            onFilter(state === 'stuck' ? { stuck: 'true', active: undefined } : { stuck: undefined, active: state })
          }
        />
        {filter.from ? (
          <button type="button" className="chip on" onClick={() => onFilter({ from: undefined })}>
            {t('session.since', { at: new Date(filter.from).toLocaleString() })} <span aria-hidden="true">✕</span>
          </button>
        ) : (
          <FacetMenu
            label={t('messages.timeRange')}
            value={undefined}
            options={RANGES.map((minutes) => ({ value: String(minutes), label: t(`range.m${minutes}`) }))}
            onChange={(minutes) =>
              onFilter({ from: minutes && new Date(Date.now() - Number(minutes) * MINUTE_MS).toISOString() })
            }
          />
        )}
      </div>
      <SessionsTable filter={filter} withName />
    </>
  );
}
