import type { ChargePointState, TransactionState } from '@cpo-console/shared/projection/charge-point-state.ts';
import type { MeterCurve } from '@cpo-console/shared/projection/meter-curve.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { clock, duration, exact, kilowattHours, kilowatts, number } from '../../../lib/format.ts';
import { connectorsOf, versionName } from '../../../lib/station-view.ts';
import { MeterChart } from './meter-chart.tsx';

interface StatePanelProps {
  /** null while it is fetched. */
  state: ChargePointState | null;
  curves: MeterCurve[];
  at: number;
  frameId: string;
  importId: string | undefined;
}

/** The charge point as it stood at an instant. */
export function StatePanel({ state, curves, at, frameId, importId }: StatePanelProps) {
  const { t, i18n } = useTranslation();
  return (
    <section className="stack" aria-label={t('replay.stateAt', { time: clock(i18n.language, at) })}>
      <div className="panel">
        <div className="ph row wrap">
          <h2 title={exact(at)}>{t('replay.stateAt', { time: clock(i18n.language, at) })}</h2>
          <span className="grow" />
          {state && <Connection state={state} at={at} />}
        </div>
        {state ? <Station state={state} at={at} frameId={frameId} importId={importId} /> : <SkeletonRows rows={3} />}
      </div>
      {state && <Connectors state={state} />}
      {state?.transactions.map((transaction) => (
        <Session
          key={transaction.transactionId}
          session={transaction}
          curve={curves.find(({ transactionId }) => transactionId === transaction.transactionId)}
          at={at}
        />
      ))}
      {state && state.pending.length > 0 && (
        <Section title={t('replay.waiting')}>
          {state.pending.map((call) => (
            <li key={`${call.direction} ${call.messageId}`} className="row">
              <b>{call.action}</b>
              <span className="mut">{t(call.direction === 'in' ? 'messages.in' : 'messages.out')}</span>
              <span className="grow" />
              <span className="mut">{duration(at - call.at)}</span>
            </li>
          ))}
        </Section>
      )}
      {state && state.recentEvents.length > 0 && (
        <Section title={t('thing.events')}>
          {state.recentEvents
            .slice(-6)
            .reverse()
            .map((event) => (
              <li key={`${event.at} ${event.name} ${event.detail}`} className="row">
                <span className="m mut">{clock(i18n.language, event.at)}</span>
                <span>{t(`stateEvent.${event.name}`)}</span>
                <span className="sub cut">{event.detail}</span>
              </li>
            ))}
        </Section>
      )}
      {state && state.configuration.length > 0 && <Configuration state={state} />}
    </section>
  );
}

function Connection({ state, at }: { state: ChargePointState; at: number }) {
  const { t } = useTranslation();
  if (!state.connected) {
    return (
      <Tag tone="off" icon="ring">
        {t('state.offline')}
      </Tag>
    );
  }
  return (
    <Tag tone="ok" icon="full">
      {t('replay.connectedFor', { time: duration(at - (state.connectedAt ?? at)) })}
    </Tag>
  );
}

function Station({ state, at, frameId, importId }: Omit<StatePanelProps, 'curves'> & { state: ChargePointState }) {
  const { t, i18n } = useTranslation();
  const { chargingStation, boot, protocol } = state;
  const words = [
    [chargingStation?.vendorName, chargingStation?.model].filter(Boolean).join(' '),
    chargingStation?.firmwareVersion && t('replay.firmware', { version: chargingStation.firmwareVersion }),
    protocol && `OCPP ${versionName(protocol)}`,
    boot && t('replay.boot', { status: boot.status ?? '…', time: clock(i18n.language, boot.at) }),
    state.lastSeenAt !== null && t('replay.lastSeen', { time: duration(at - state.lastSeenAt) }),
  ].filter(Boolean);
  return (
    <div className="pb sub">
      <div>{words.length > 0 ? words.join(' · ') : t('replay.nothingKnown')}</div>
      <div className="m mut">
        {t('thing.framesValue', {
          in: number(i18n.language, state.counters.framesIn),
          out: number(i18n.language, state.counters.framesOut),
        })}
      </div>
      <Link
        to="/messages"
        search={{ thingName: state.thingName, message: frameId, ...(importId !== undefined && { import: importId }) }}
      >
        {t('replay.openFrame')}
      </Link>
    </div>
  );
}

function Connectors({ state }: { state: ChargePointState }) {
  const { t, i18n } = useTranslation();
  const connectors = connectorsOf({ state });
  if (connectors.length === 0) return null;
  return (
    <Section title={t('column.connectors')}>
      {connectors.map((connector) => (
        <li key={connector.key} className="row wrap">
          <b>{connector.label}</b>
          <Tag tone={connector.tone} icon={connector.fault ? 'triangle' : connector.tone === 'chg' ? 'bolt' : 'full'}>
            {connector.status}
          </Tag>
          {connector.fault && <span className="sub">{connector.fault}</span>}
          <span className="grow" />
          <span className="mut">{t('session.since', { at: clock(i18n.language, connector.since) })}</span>
        </li>
      ))}
    </Section>
  );
}

interface SessionProps {
  session: TransactionState;
  curve: MeterCurve | undefined;
  at: number;
}

function Session({ session, curve, at }: SessionProps) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const facts = [
    session.powerW === null ? null : kilowatts(language, session.powerW),
    session.energyWh === null ? null : kilowattHours(language, session.energyWh),
    session.soc === null ? null : `${number(language, session.soc)} %`,
    session.startSeen ? duration(at - session.startedAt) : t('timeline.earlier'),
  ].filter(Boolean);
  return (
    <section className="panel" aria-label={t('session.title', { id: session.transactionId })}>
      <div className="ph row wrap">
        <h2 className="cut">{t('session.title', { id: session.transactionId.slice(0, 12) })}</h2>
        {session.chargingState && <Tag tone="chg">{session.chargingState}</Tag>}
        <span className="grow" />
        <span className="mut">{session.idToken ?? t('session.noToken')}</span>
      </div>
      {curve && <MeterChart curve={curve} from={session.startedAt} to={at} />}
      <div className="pb m">{facts.join(' · ')}</div>
    </section>
  );
}

function Configuration({ state }: { state: ChargePointState }) {
  const { t } = useTranslation();
  return (
    <details className="panel">
      <summary className="pb">{t('replay.configuration', { count: state.configuration.length })}</summary>
      <dl className="kv pb" style={{ maxHeight: 320, overflow: 'auto' }}>
        {state.configuration.map((entry) => (
          <div key={entry.key} style={{ display: 'contents' }}>
            <dt>{entry.key}</dt>
            <dd className="m">{entry.masked ? '•••' : (entry.value ?? '—')}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <div className="ph">
        <h2>{title}</h2>
      </div>
      <ul className="pb stack" style={{ margin: 0, listStyle: 'none', gap: 6 }}>
        {children}
      </ul>
    </section>
  );
}
