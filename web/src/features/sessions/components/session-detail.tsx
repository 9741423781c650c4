import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PinButton } from '../../../components/ui/pin-button.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { sessionDetailQuery } from '../api/session-queries.ts';
import { MeterPanel } from './meter-panel.tsx';
import { SessionActions } from './session-actions.tsx';
import { SessionFacts } from './session-facts.tsx';
import { SessionState } from './sessions-table.tsx';

interface SessionDetailProps {
  id: string;
  series: string | undefined;
  onSeries: (series: string | undefined) => void;
}

export function SessionDetail({ id, series, onSeries }: SessionDetailProps) {
  const { t } = useTranslation();
  const { data: session, error, refetch } = useQuery(sessionDetailQuery(id));
  if (error && !session) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!session) return <SkeletonRows />;
  return (
    <>
      <div className="row wrap">
        <h1 className="cut">{t('session.title', { id: session.transactionId })}</h1>
        <SessionState session={session} />
        <span className="grow" />
        <Link className="btn" to="/charge-points/$name" params={{ name: session.thingName }} search={framesOf(session)}>
          {t('session.frames')}
        </Link>
        <PinButton thingName={session.thingName} session={session} />
        <SessionActions session={session} />
      </div>
      <Notes session={session} />
      <SessionFacts session={session} />
      <MeterPanel id={id} chosen={series} onChoose={onSeries} />
    </>
  );
}

/** What is not as it should be. */
function Notes({ session }: { session: Transaction }) {
  const { t } = useTranslation();
  const missing = session.missingEvents
    .map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`))
    .join(', ');
  return (
    <>
      {session.stuck && (
        <div className="note care" role="status">
          <b>{t('session.stuckTitle')}</b> {t(`session.stuckWhy.${session.stuck}`, { name: session.thingName })}{' '}
          {t('session.stuckNext')}
        </div>
      )}
      {missing !== '' && (
        <div className="note care">
          <b>{t('session.missingTitle')}</b> {t('session.missing', { numbers: missing })}
        </div>
      )}
      {!session.startSeen && <div className="note care">{t('session.startMissing')}</div>}
      {session.offline && <div className="note info">{t('session.offline')}</div>}
    </>
  );
}

const MARGIN_MS = 5_000;
/** The messages of the charge point from the session's first frame to its last, by our clock. */
function framesOf(session: Transaction) {
  const from = Date.parse(session.firstReceivedAt ?? session.startedAt) - MARGIN_MS;
  const until = session.active ? null : (session.lastReceivedAt ?? session.stoppedAt);
  return {
    tab: 'messages' as const,
    from: new Date(from).toISOString(),
    ...(until !== null && { to: new Date(Date.parse(until) + MARGIN_MS).toISOString() }),
  };
}
