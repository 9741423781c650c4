import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { outOfStepQuery } from '../api/desired-queries.ts';

/** Charge points that are not configured as they should be. */
export function OutOfStep() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(outOfStepQuery);
  const things = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel" aria-label={t('desired.drift')}>
      <div className="ph">
        <h2>{t('desired.drift')}</h2>
      </div>
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <SkeletonRows rows={3} />}
      {query.data && things.length === 0 && <p className="pb sub">{t('desired.inStep')}</p>}
      {things.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th>{t('desired.thing')}</th>
              <th className="num">{t('desired.differs')}</th>
              <th className="num">{t('desired.readOnly')}</th>
              <th className="num">{t('desired.unknown')}</th>
              <th className="num">{t('desired.wanted')}</th>
            </tr>
          </thead>
          <tbody>
            {things.map(({ thingName, differs, readOnly, unknown, wanted }) => (
              <tr key={thingName}>
                <td>
                  <Link
                    to="/charge-points/$name"
                    params={{ name: thingName }}
                    search={{ tab: 'configuration', show: 'drift' }}
                  >
                    {thingName}
                  </Link>
                </td>
                <td className="num">{differs}</td>
                <td className="num">{readOnly}</td>
                <td className="num">{unknown}</td>
                <td className="num">{wanted}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {query.hasNextPage && (
        <div className="pb">
          <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
            {t('action.more')}
          </button>
        </div>
      )}
    </section>
  );
}
