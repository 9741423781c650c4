import type { IdToken, Page } from '@cpo-console/shared/api/contracts.ts';
import { Drawer } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { api } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';
import { IdTokenForm } from './id-token-form.tsx';

interface IdTokensProps {
  search: string | undefined;
  onSearch: (search: string | undefined) => void;
}

export function IdTokens({ search, onSearch }: IdTokensProps) {
  const { t } = useTranslation();
  const may = useMay('id-tokens:write');
  const [editing, setEditing] = useState<IdToken | 'new' | null>(null);
  const query = useInfiniteQuery({
    queryKey: [...keys.idTokens.all, search ?? ''],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<IdToken>>(
        '/id-tokens',
        { search, limit: 200, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
  });
  const tokens = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="row">
        <h1>{t('nav.access')}</h1>
        <span className="grow" />
        {may && (
          <button type="button" className="btn p" onClick={() => setEditing('new')}>
            {t('access.new')}
          </button>
        )}
      </div>
      <div className="row">
        <SearchField label={t('access.search')} value={search ?? ''} onChange={onSearch} />
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
      {tokens.length > 0 && <TokenTable tokens={tokens} may={may} onEdit={setEditing} />}
      {query.hasNextPage && (
        <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
          {t('action.more')}
        </button>
      )}
      <Drawer
        opened={editing !== null}
        onClose={() => setEditing(null)}
        position="right"
        size={440}
        title={editing === 'new' ? t('access.new') : t('access.edit')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {editing !== null && <IdTokenForm token={editing === 'new' ? null : editing} onDone={() => setEditing(null)} />}
      </Drawer>
    </>
  );
}

interface TokenTableProps {
  tokens: IdToken[];
  may: boolean;
  onEdit: (token: IdToken) => void;
}

function TokenTable({ tokens, may, onEdit }: TokenTableProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('nav.access')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('column.state')}</th>
            <th>{t('access.token')}</th>
            <th>{t('access.type')}</th>
            <th>{t('access.expires')}</th>
            <th>{t('access.group')}</th>
            <th>{t('access.note')}</th>
            <th aria-label={t('access.actions')} />
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.idToken}>
              <td>
                <Tag
                  tone={token.status === 'Accepted' ? 'ok' : token.status === 'Blocked' ? 'bad' : 'off'}
                  icon={token.status === 'Accepted' ? 'check' : 'cross'}
                >
                  {t(`access.status.${token.status}`)}
                </Tag>
              </td>
              <td className="m b">{token.idToken}</td>
              <td>{token.type}</td>
              <td>
                <DateTime at={token.expiresAt} />
              </td>
              <td className="m">{token.groupIdToken ?? '—'}</td>
              <td className="sub">{token.note}</td>
              <td className="num">{may && <TokenActions token={token} onEdit={() => onEdit(token)} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function TokenActions({ token, onEdit }: { token: IdToken; onEdit: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const blocked = token.status === 'Blocked';
  const block = useMutation({
    mutationFn: () => {
      const { type, expiresAt, groupIdToken, concurrent, note } = token;
      return api.put(`/id-tokens/${encodeURIComponent(token.idToken)}`, {
        type,
        expiresAt,
        groupIdToken,
        concurrent,
        note,
        status: blocked ? 'Accepted' : 'Blocked',
      });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.idTokens.all }),
  });
  return (
    <span className="row" style={{ justifyContent: 'flex-end', gap: 4 }}>
      <button type="button" className="btn small" disabled={block.isPending} onClick={() => block.mutate()}>
        {blocked ? t('access.unblock') : t('access.block')}
      </button>
      <button type="button" className="btn small" onClick={onEdit}>
        {t('action.edit')}
      </button>
    </span>
  );
}
