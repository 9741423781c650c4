import type { Transaction } from '@cpo-console/shared/api/contracts.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { api } from '../../../lib/api-client.ts';
import { kilowattHours, kilowatts } from '../../../lib/format.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';
import { meterSeries } from '../api/meter-series.ts';
import { meterValuesQuery, sessionDetailQuery } from '../api/session-queries.ts';
import { MeterTable } from './meter-table.tsx';
import { SessionDuration, SessionState } from './sessions-table.tsx';

const MeterChart = lazy(() => import('./meter-chart.tsx').then((module) => ({ default: module.MeterChart })));

export function SessionDetail({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: session, error, refetch } = useQuery(sessionDetailQuery(id));
  const meter = useQuery({ ...meterValuesQuery(id, session?.active ?? false), enabled: session !== undefined });
  const series = useMemo(() => meterSeries(meter.data ?? []), [meter.data]);
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
        <CloseButton session={session} />
      </div>
      <Facts session={session} />
      <section className="panel" aria-label={t('session.chart')}>
        <div className="ph">
          <h2>{t('session.chart')}</h2>
        </div>
        {meter.error && <ProblemNote error={meter.error} retry={() => void meter.refetch()} />}
        {series.times.length > 1 ? (
          <Suspense fallback={<div style={{ height: 260 }} />}>
            <MeterChart series={series} />
          </Suspense>
        ) : (
          <p className="pb mut" style={{ margin: 0 }}>
            {t('session.noMeter')}
          </p>
        )}
      </section>
      {meter.data && meter.data.length > 0 && <MeterTable values={meter.data} />}
    </>
  );
}

const MARGIN_MS = 60_000;
/** The messages of the charge point while the session went on. */
function framesOf(session: Transaction) {
  const from = new Date(Date.parse(session.startedAt) - MARGIN_MS).toISOString();
  const to = session.stoppedAt === null ? undefined : new Date(Date.parse(session.stoppedAt) + MARGIN_MS).toISOString();
  return { tab: 'messages' as const, from, ...(to !== undefined && { to }) };
}

function Facts({ session }: { session: Transaction }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const wh = (value: number | null) => (value === null ? '—' : kilowattHours(language, value));
  const facts: [string, ReactNode][] = [
    [
      t('messages.chargePoint'),
      <Link key="cp" to="/charge-points/$name" params={{ name: session.thingName }}>
        {session.thingName}
      </Link>,
    ],
    [t('session.connector'), [session.evseId, session.connectorId].filter((part) => part !== null).join('.') || '—'],
    [
      t('session.token'),
      <span key="token" className="m">
        {session.idToken ?? '—'}
      </span>,
    ],
    [t('session.started'), <DateTime key="start" at={session.startedAt} />],
    [t('session.stopped'), <DateTime key="stop" at={session.stoppedAt} />],
    [t('session.duration'), <SessionDuration key="duration" session={session} />],
    [t('session.energy'), wh(session.energyWh)],
    [t('session.power'), session.powerW === null ? '—' : kilowatts(language, session.powerW)],
    [t('session.meterStart'), wh(session.meterStart)],
    [t('session.meterStop'), wh(session.meterStop)],
    [t('session.stopReason'), session.stopReason ?? '—'],
    [t('session.closedBy'), session.closedBy ?? '—'],
  ];
  return (
    <dl
      className="panel pb"
      style={{
        margin: 0,
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
        gap: '10px 16px',
      }}
    >
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt className="mut" style={{ fontSize: 12 }}>
            {label}
          </dt>
          <dd style={{ margin: 0 }} className="b">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function CloseButton({ session }: { session: Transaction }) {
  const { t } = useTranslation();
  const may = useMay('transactions:close');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const close = useMutation({
    mutationFn: () => api.post<Transaction>(`/transactions/${encodeURIComponent(session.id)}/close`),
    onSuccess: () => {
      setAsking(false);
      return client.invalidateQueries({ queryKey: keys.transactions.all });
    },
  });
  if (!session.active || !may) return null;
  return (
    <>
      <button type="button" className="btn" onClick={() => setAsking(true)}>
        {t('session.close')}
      </button>
      <ConfirmDialog
        open={asking}
        title={t('session.closeTitle', { name: session.thingName })}
        confirmLabel={t('session.close')}
        busy={close.isPending}
        onConfirm={() => close.mutate()}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>
          {t('session.closeEffect', { name: session.thingName, id: session.transactionId })}
        </p>
        {close.isError && <ProblemNote error={close.error} />}
      </ConfirmDialog>
    </>
  );
}
