import type { OpenSession } from '@cpo-console/shared/api/sign-in.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age, DateTime } from '../../../components/ui/time.tsx';
import { openSessionsQuery, useEndSession } from '../api/open-sessions.ts';

/** Who is signed in where, and a way to end it. */
export function OpenSessions() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(openSessionsQuery);
  return (
    <>
      <h1>{t('openSessions.title')}</h1>
      <p className="sub" style={{ margin: 0 }}>
        {t('openSessions.explained')}
      </p>
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {isPending && (
        <div className="panel">
          <SkeletonRows />
        </div>
      )}
      {data?.items.length === 0 && (
        <div className="panel empty">
          <h2>{t('openSessions.none')}</h2>
          <p>{t('openSessions.noneHint')}</p>
        </div>
      )}
      {data && data.items.length > 0 && <SessionTable sessions={data.items} />}
    </>
  );
}

function SessionTable({ sessions }: { sessions: readonly OpenSession[] }) {
  const { t } = useTranslation();
  const end = useEndSession();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('openSessions.title')}>
      {end.error && <ProblemNote error={end.error} />}
      <table className="plain">
        <thead>
          <tr>
            <th>{t('openSessions.who')}</th>
            <th>{t('openSessions.since')}</th>
            <th>{t('openSessions.lastUsed')}</th>
            <th aria-label={t('access.actions')} />
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, user, createdAt, lastUsedAt, current }) => (
            <tr key={id}>
              <td>
                <span className="b">{user.name}</span> <span className="sub">{user.role}</span>
              </td>
              <td>
                <DateTime at={createdAt} />
              </td>
              <td>
                <Age at={lastUsedAt} />
              </td>
              <td className="num">
                {current ? (
                  <Tag tone="ok" icon="check">
                    {t('openSessions.current')}
                  </Tag>
                ) : (
                  <button
                    type="button"
                    className="btn small"
                    aria-label={t('openSessions.endOf', { name: user.name })}
                    disabled={end.isPending}
                    onClick={() => end.mutate(id)}
                  >
                    {t('openSessions.end')}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
