import type { TransactionDetail } from '@cpo-console/shared/api/transactions.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Age, DateTime } from '../../../components/ui/time.tsx';
import { duration, kilowattHours, kilowatts } from '../../../lib/format.ts';
import { SessionDuration } from './sessions-table.tsx';

export function SessionFacts({ session }: { session: TransactionDetail }) {
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
    [t('session.token'), <Token key="token" idToken={session.idToken} />],
    [t('session.started'), session.startSeen ? <DateTime key="start" at={session.startedAt} /> : t('session.notSeen')],
    [t('session.startTrigger'), session.startTrigger ?? '—'],
    [t('session.stopped'), <DateTime key="stop" at={session.stoppedAt} />],
    [t('session.stopReason'), session.stopReason ?? '—'],
    [t('session.stopTrigger'), session.stopTrigger ?? '—'],
    [t('session.stopToken'), <Token key="stopToken" idToken={session.stopIdToken} />],
    [t('session.duration'), <SessionDuration key="duration" session={session} />],
    [t('session.chargingTime'), session.chargingSeconds === null ? '—' : duration(session.chargingSeconds * 1000)],
    [t('session.energy'), wh(session.energyWh)],
    [t('session.power'), session.powerW === null ? '—' : kilowatts(language, session.powerW)],
    [t('session.meterStart'), wh(session.meterStart)],
    [t('session.meterStop'), wh(session.meterStop)],
    [t('session.lastHeard'), <Age key="heard" at={session.lastReceivedAt} />],
    [t('session.askedStatus'), <AskedStatus key="asked" session={session} />],
    [t('session.closedBy'), session.closedBy ?? '—'],
  ];
  return (
    <dl
      className="panel pb"
      style={{
        margin: 0,
        flex: 'none',
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
        gap: '10px 16px',
      }}
    >
      {facts.map(([label, value]) => (
        <div key={label} style={{ minWidth: 0 }}>
          <dt className="mut" style={{ fontSize: 12 }}>
            {label}
          </dt>
          <dd style={{ margin: 0, overflowWrap: 'anywhere' }} className="b">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Token({ idToken }: { idToken: string | null }) {
  if (idToken === null) return '—';
  return (
    <Link to="/sessions" search={{ idToken }} className="m">
      {idToken}
    </Link>
  );
}

function AskedStatus({ session: { askedStatus } }: { session: TransactionDetail }) {
  const { t } = useTranslation();
  if (askedStatus === null) return '—';
  const { ongoing, messagesInQueue, at } = askedStatus;
  const said = [
    ongoing === null ? null : t(ongoing ? 'session.ongoing' : 'session.notOngoing'),
    t(messagesInQueue ? 'session.inQueue' : 'session.noQueue'),
  ];
  return (
    <>
      {said.filter(Boolean).join(', ')} <span className="mut">(</span>
      <Age at={at} />
      <span className="mut">)</span>
    </>
  );
}
