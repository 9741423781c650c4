import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { number } from '../../../lib/format.ts';
import { bulkCommandsQuery } from '../api/bulk.ts';
import { BulkRunTag, BulkTargetTag } from './bulk-state.tsx';

export function BulkCommands() {
  const { t, i18n } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(bulkCommandsQuery);
  return (
    <>
      <h1>{t('bulk.list')}</h1>
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {isPending && <SkeletonRows />}
      {data?.length === 0 && (
        <div className="panel empty">
          <h2>{t('bulk.none')}</h2>
          <p>{t('bulk.noneHint')}</p>
          <Link to="/" className="btn">
            {t('nav.chargePoints')}
          </Link>
        </div>
      )}
      {data && data.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <section className="panel scroll" tabIndex={0} aria-label={t('bulk.list')}>
          <table className="plain">
            <thead>
              <tr>
                <th>{t('nav.command')}</th>
                <th>{t('column.state')}</th>
                <th>{t('nav.chargePoints')}</th>
                <th>{t('bulk.results')}</th>
                <th>{t('bulk.sent')}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((bulk) => (
                <tr key={bulk.id}>
                  <td>
                    <Link to="/bulk-commands/$id" params={{ id: bulk.id }} className="b">
                      {bulk.action}
                    </Link>
                  </td>
                  <td>
                    <BulkRunTag state={bulk.state} />
                  </td>
                  <td className="m">{number(i18n.language, bulk.total)}</td>
                  <td>
                    <span className="row wrap" style={{ gap: 8 }}>
                      {bulk.counts.slice(0, 4).map(({ state, word, count }) => (
                        <span key={`${state} ${word}`}>
                          <BulkTargetTag state={state} word={word} /> {number(i18n.language, count)}
                        </span>
                      ))}
                    </span>
                  </td>
                  <td className="mut">
                    <Age at={bulk.createdAt} /> · {bulk.sentBy}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
