import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { duration, kilowattHours, kilowatts } from '../../../lib/format.ts';
import { useNow } from '../../../lib/use-now.ts';
import type { SessionFilter } from '../../../live/session-filter.ts';
import { sessionsQuery } from '../api/session-queries.ts';

export function SessionsTable({ filter, withName }: { filter: SessionFilter; withName: boolean }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    sessionsQuery(filter),
  );
  const sessions = data?.pages.flatMap((page) => page.items) ?? [];
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (isPending) {
    return (
      <div className="panel">
        <SkeletonRows />
      </div>
    );
  }
  if (sessions.length === 0) {
    return (
      <div className="panel empty">
        <h2>{t('empty.sessions')}</h2>
        <p>{t('empty.sessionsHint')}</p>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('nav.sessions')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('column.state')}</th>
            <th>{t('session.id')}</th>
            {withName && <th>{t('messages.chargePoint')}</th>}
            <th>{t('session.connector')}</th>
            <th>{t('session.token')}</th>
            <th>{t('session.started')}</th>
            <th className="num">{t('session.duration')}</th>
            <th className="num">{t('session.energy')}</th>
            <th className="num">{t('session.power')}</th>
            <th>{t('session.stopReason')}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} withName={withName} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <div className="pb" style={{ textAlign: 'center' }}>
          <button type="button" className="btn" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('action.more')}
          </button>
        </div>
      )}
    </section>
  );
}

export function SessionState({ session }: { session: Transaction }) {
  const { t } = useTranslation();
  if (session.stuck) {
    return (
      <Tag tone="warn" icon="triangle" title={t(`session.stuckWhy.${session.stuck}`, { name: session.thingName })}>
        {t('session.stuck')}
      </Tag>
    );
  }
  return session.active ? (
    <Tag tone="chg" icon="bolt">
      {session.chargingState ?? t('session.active')}
    </Tag>
  ) : (
    <Tag tone="off" icon="check">
      {t('session.ended')}
    </Tag>
  );
}

function SessionRow({ session, withName }: { session: Transaction; withName: boolean }) {
  const { t, i18n } = useTranslation();
  const connector = [session.evseId, session.connectorId].filter((part) => part !== null).join('.');
  return (
    <tr>
      <td>
        <span className="row" style={{ gap: 4 }}>
          <SessionState session={session} />
          {(session.missingEvents.length > 0 || !session.startSeen) && (
            <Tag tone="warn" icon="half">
              {t('session.eventsMissing')}
            </Tag>
          )}
        </span>
      </td>
      <td className="m">
        <Link to="/sessions/$id" params={{ id: session.id }} title={session.transactionId}>
          {session.transactionId.length > 14 ? `${session.transactionId.slice(0, 13)}…` : session.transactionId}
        </Link>
      </td>
      {withName && (
        <td>
          <Link
            to="/charge-points/$name"
            params={{ name: session.thingName }}
            className="b"
            style={{ color: 'var(--ink)' }}
          >
            {session.thingName}
          </Link>
        </td>
      )}
      <td>{connector || '—'}</td>
      <td className="m">{session.idToken ?? '—'}</td>
      <td style={{ whiteSpace: 'nowrap' }}>
        <DateTime at={session.startedAt} />
      </td>
      <td className="num m">
        <SessionDuration session={session} />
      </td>
      <td className="num m">{session.energyWh === null ? '—' : kilowattHours(i18n.language, session.energyWh)}</td>
      <td className="num m">
        {session.active && session.powerW !== null ? kilowatts(i18n.language, session.powerW) : '—'}
      </td>
      <td>{session.stopReason ?? '—'}</td>
    </tr>
  );
}

export function SessionDuration({ session }: { session: Transaction }) {
  const now = useNow();
  const end = session.stoppedAt === null ? now : Date.parse(session.stoppedAt);
  return duration(end - Date.parse(session.startedAt));
}
