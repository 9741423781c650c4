import type { LocalListSummary } from '@cpo-console/shared/api/access.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { localListsQuery } from '../api/local-list-queries.ts';
import { LocalListState } from './local-list-state.tsx';

/** Which charge point has which list. */
export function LocalLists() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(localListsQuery);
  const lists = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error && !query.data) return <ProblemNote error={query.error} retry={() => void query.refetch()} />;
  if (query.isPending) {
    return (
      <div className="panel">
        <SkeletonRows />
      </div>
    );
  }
  if (lists.length === 0) {
    return (
      <div className="panel empty">
        <h2>{t('access.list.none')}</h2>
        <p>{t('access.list.noneHint')}</p>
      </div>
    );
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="panel scroll" tabIndex={0} aria-label={t('access.lists')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('column.state')}</th>
              <th>{t('messages.chargePoint')}</th>
              <th className="num">{t('access.list.version')}</th>
              <th className="num">{t('access.list.size')}</th>
              <th className="num">{t('access.list.changed')}</th>
              <th>{t('access.list.attempt')}</th>
              <th>{t('access.list.by')}</th>
              <th>{t('access.list.when')}</th>
            </tr>
          </thead>
          <tbody>
            {lists.map((list) => (
              <ListRow key={list.thingName} list={list} />
            ))}
          </tbody>
        </table>
      </section>
      {query.hasNextPage && (
        <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
          {t('action.more')}
        </button>
      )}
    </>
  );
}

function ListRow({ list }: { list: LocalListSummary }) {
  const { attempt } = list;
  return (
    <tr>
      <td>
        <LocalListState state={list.state} />
      </td>
      <td>
        <Link
          to="/charge-points/$name"
          params={{ name: list.thingName }}
          search={{ tab: 'access' }}
          className="b"
          style={{ color: 'var(--ink)' }}
        >
          {list.thingName}
        </Link>
      </td>
      <td className="num m">{list.version ?? '—'}</td>
      <td className="num m">{list.size ?? '—'}</td>
      <td className="num m">{list.changed ?? '—'}</td>
      <td>{attempt ? `${attempt.updateType} ${attempt.version}: ${attempt.outcome}` : '—'}</td>
      <td>{attempt?.by ?? '—'}</td>
      <td>
        <Age at={attempt?.at ?? null} />
      </td>
    </tr>
  );
}
