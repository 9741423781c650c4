import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FacetMenu } from '../../../components/ui/facet-menu.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { apiUrl } from '../../../lib/api-client.ts';
import { type AuditFilter, auditQuery } from '../api/audit-queries.ts';
import { AuditTable } from './audit-table.tsx';

const RANGES = [60, 1440, 10080] as const;
const MINUTE_MS = 60_000;

interface AuditProps {
  filter: AuditFilter;
  onFilter: (patch: Partial<Record<keyof AuditFilter, string | undefined>>) => void;
}

/** Who did what, when and from where. */
export function Audit({ filter, onFilter }: AuditProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(auditQuery(filter));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="row">
        <h1>{t('audit.title')}</h1>
        <span className="grow" />
        <a className="btn" href={apiUrl('/audit', { ...filter, format: 'csv' })} download="audit.csv">
          {t('action.exportCsv')}
        </a>
      </div>
      <p className="sub" style={{ margin: 0 }}>
        {t('audit.explained')}
      </p>
      <div className="row wrap">
        <SearchField label={t('audit.about')} value={filter.about ?? ''} onChange={(about) => onFilter({ about })} />
        <SearchField label={t('audit.actor')} value={filter.actor ?? ''} onChange={(actor) => onFilter({ actor })} />
        <FacetMenu
          label={t('audit.outcome')}
          value={filter.outcome}
          options={[
            { value: 'done', label: t('audit.done') },
            { value: 'refused', label: t('audit.refused') },
          ]}
          onChange={(outcome) => onFilter({ outcome })}
        />
        <Since from={filter.from} onChange={(from) => onFilter({ from })} />
      </div>
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && (
        <div className="panel">
          <SkeletonRows />
        </div>
      )}
      {query.data && entries.length === 0 && (
        <div className="panel empty">
          <h2>{t('audit.none')}</h2>
          <p>{t('audit.noneHint')}</p>
        </div>
      )}
      {entries.length > 0 && <AuditTable entries={entries} onActor={(actor) => onFilter({ actor })} />}
      {query.hasNextPage && (
        <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
          {t('action.more')}
        </button>
      )}
    </>
  );
}

function Since({ from, onChange }: { from: string | undefined; onChange: (from: string | undefined) => void }) {
  const { t } = useTranslation();
  if (from !== undefined) {
    return (
      <button type="button" className="chip on" onClick={() => onChange(undefined)}>
        {t('session.since', { at: new Date(from).toLocaleString() })} <span aria-hidden="true">✕</span>
      </button>
    );
  }
  return (
    <FacetMenu
      label={t('messages.timeRange')}
      value={undefined}
      options={RANGES.map((minutes) => ({ value: String(minutes), label: t(`range.m${minutes}`) }))}
      onChange={(minutes) => onChange(minutes && new Date(Date.now() - Number(minutes) * MINUTE_MS).toISOString())}
    />
  );
}
