import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import { Drawer } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { apiUrl } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { idTokensQuery } from '../api/access-queries.ts';
import { IdTokenForm } from './id-token-form.tsx';
import { ImportTokens } from './import-tokens.tsx';
import { TokenTable } from './token-table.tsx';
import { UnknownTokens } from './unknown-tokens.tsx';

interface IdTokensProps {
  search: string | undefined;
  onSearch: (search: string | undefined) => void;
}

export function IdTokens({ search, onSearch }: IdTokensProps) {
  const { t } = useTranslation();
  const may = useMay('id-tokens:write');
  const [open, setOpen] = useState<IdToken | 'new' | 'import' | null>(null);
  const query = useInfiniteQuery(idTokensQuery(search));
  const tokens = query.data?.pages.flatMap((page) => page.items) ?? [];
  const close = () => setOpen(null);
  return (
    <>
      <UnknownTokens />
      <div className="row wrap">
        <SearchField label={t('access.search')} value={search ?? ''} onChange={onSearch} />
        <span className="grow" />
        {may && (
          <button type="button" className="btn" onClick={() => setOpen('import')}>
            {t('access.import')}
          </button>
        )}
        <a className="btn" href={apiUrl('/id-tokens', { search, format: 'csv' })} download="id-tokens.csv">
          {t('action.exportCsv')}
        </a>
        {may && (
          <button type="button" className="btn p" onClick={() => setOpen('new')}>
            {t('access.new')}
          </button>
        )}
      </div>
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && (
        <div className="panel">
          <SkeletonRows />
        </div>
      )}
      {query.data && tokens.length === 0 && (
        <div className="panel empty">
          <h2>{search ? t('empty.filtered') : t('empty.tokens')}</h2>
          <p>{t('empty.tokensHint')}</p>
        </div>
      )}
      {tokens.length > 0 && <TokenTable tokens={tokens} onEdit={setOpen} />}
      {query.hasNextPage && (
        <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
          {t('action.more')}
        </button>
      )}
      <Drawer
        opened={open !== null}
        onClose={close}
        position="right"
        size={open === 'import' ? 620 : 440}
        title={open === 'import' ? t('access.importTitle') : open === 'new' ? t('access.newTitle') : t('access.edit')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {open === 'import' && <ImportTokens onDone={close} />}
        {open !== null && open !== 'import' && <IdTokenForm token={open === 'new' ? null : open} onDone={close} />}
      </Drawer>
    </>
  );
}
