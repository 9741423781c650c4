import type { Rerun } from '@cpo-console/shared/api/replays.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { dateTime } from '../../../lib/format.ts';
import { useMay } from '../../../lib/permissions.ts';
import { differencesQuery, rerunQuery, useForgetRerun, useStopRerun } from '../api/rerun-queries.ts';
import { RerunDifferenceView } from './rerun-difference.tsx';
import { RerunStatus } from './rerun-status.tsx';

/** How far it is, and where today's answers are not as recorded. */
export function RerunResult({ id }: { id: string }) {
  const { data: rerun, error, refetch } = useQuery(rerunQuery(id));
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!rerun) {
    return (
      <div className="panel">
        <SkeletonRows rows={8} />
      </div>
    );
  }
  return (
    <>
      <Head rerun={rerun} />
      <Progress rerun={rerun} />
      <Differences rerun={rerun} />
    </>
  );
}

function Head({ rerun }: { rerun: Rerun }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const mayRun = useMay('replays:run');
  const stop = useStopRerun(rerun.id);
  const forget = useForgetRerun(rerun.id, () => navigate({ to: '/replay' }));
  const { source, target, status } = rerun;
  const error = stop.error ?? forget.error;
  return (
    <>
      <div className="row wrap">
        <h1>{t('rerun.result', { name: source.thingName, target })}</h1>
        <span className="mut">{`${dateTime(i18n.language, source.from)} – ${dateTime(i18n.language, source.to)}`}</span>
        <span className="grow" />
        <Link
          className="btn"
          to="/replay/$name"
          params={{ name: source.thingName }}
          search={{
            from: source.from,
            to: source.to,
            ...(source.importId !== null && { import: source.importId }),
          }}
        >
          {t('rerun.source')}
        </Link>
        {mayRun && status === 'running' && (
          <button type="button" className="btn" disabled={stop.isPending} onClick={() => stop.mutate()}>
            {t('rerun.stop')}
          </button>
        )}
        {mayRun && status !== 'running' && (
          <button
            type="button"
            className="btn"
            disabled={forget.isPending || stop.isPending}
            onClick={() => forget.mutate()}
          >
            {t('rerun.forget')}
          </button>
        )}
      </div>
      {error && <ProblemNote error={error} />}
    </>
  );
}

function Progress({ rerun }: { rerun: Rerun }) {
  const { t, i18n } = useTranslation();
  const { progress, problem, startedBy, startedAt } = rerun;
  const { steps, done, compared, differences, unanswered, commands } = progress;
  const unexpected = Object.entries(commands.unexpected).map(([action, count]) => `${action} ${count}×`);
  const facts = [
    t('rerun.progress', { done, steps }),
    t('rerun.compared', { count: compared }),
    t('rerun.differences', { count: differences }),
    unanswered > 0 && t('rerun.unanswered', { count: unanswered }),
    commands.recorded > 0 && t('rerun.commands', { came: commands.came, recorded: commands.recorded }),
    unexpected.length > 0 && t('rerun.unexpected', { list: unexpected.join(', ') }),
  ].filter(Boolean);
  return (
    <section className="panel pb stack" aria-label={t('rerun.list')}>
      <div className="row wrap">
        <RerunStatus rerun={rerun} />
        <span>{facts.join(' · ')}</span>
        <span className="grow" />
        <span className="mut">{`${startedBy} · ${dateTime(i18n.language, startedAt)}`}</span>
      </div>
      <progress
        max={Math.max(1, steps)}
        value={done}
        style={{ width: '100%', accentColor: 'var(--accent)' }}
        aria-label={t('rerun.progress', { done, steps })}
      />
      {problem !== null && <p className="wrong">{problem}</p>}
      {rerun.status === 'done' && differences === 0 && <p>{t('rerun.same')}</p>}
      {(rerun.status === 'cancelled' || rerun.status === 'failed') && done > 0 && (
        <p>
          {t('rerun.partWay', { target: rerun.target })}{' '}
          <Link to="/charge-points/$name" params={{ name: rerun.target }} search={{ tab: 'sessions' }}>
            {t('rerun.itsSessions')}
          </Link>
        </p>
      )}
    </section>
  );
}

function Differences({ rerun }: { rerun: Rerun }) {
  const { t } = useTranslation();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...differencesQuery(rerun.id, rerun.progress.differences),
    enabled: rerun.progress.differences > 0,
  });
  if (error) return <ProblemNote error={error} />;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {items.map((difference) => (
        <RerunDifferenceView key={difference.messageId} difference={difference} source={rerun.source} />
      ))}
      {hasNextPage && (
        <button type="button" className="btn" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('rerun.more')}
        </button>
      )}
    </>
  );
}
