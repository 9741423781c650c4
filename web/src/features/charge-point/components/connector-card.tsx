import type { Thing } from '@cpo-console/shared/api/things.ts';
import { newestAt } from '@cpo-console/shared/projection/fold-transactions.ts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { duration, kilowattHours, kilowatts, number } from '../../../lib/format.ts';
import type { ConnectorView } from '../../../lib/station-view.ts';
import { useNow } from '../../../lib/use-now.ts';
import { AvailabilityControl } from './availability-control.tsx';
import styles from './overview.module.css';
import { RemoteControls } from './remote-controls.tsx';

export function ConnectorCard({ connector, thing }: { connector: ConnectorView; thing: Thing }) {
  const { t } = useTranslation();
  const { evseId, connectorId, info, vendorErrorCode } = connector.state;
  const session = newestAt(thing.state.transactions, { evseId, connectorId });
  const stale = !thing.connected;
  return (
    <section className={`panel ${styles.card}`} aria-label={t('connector.title', { label: connector.label })}>
      <div className="row">
        <h2>
          {evseId === null
            ? t('connector.title', { label: connectorId })
            : t('connector.evse', { evse: evseId, connector: connectorId })}
        </h2>
        <span className="grow" />
        <Tag
          tone={stale ? 'off' : connector.tone}
          icon={connector.fault ? 'triangle' : connector.tone === 'chg' ? 'bolt' : 'full'}
        >
          {stale ? t('connector.last', { status: connector.status }) : connector.status}
        </Tag>
      </div>
      <span className="mut">
        {t('connector.since')} <Age at={new Date(connector.since).toISOString()} />
      </span>
      {connector.fault && (
        <div className="note">
          <b>{connector.fault}</b> {[vendorErrorCode, info].filter(Boolean).join(' · ')}
        </div>
      )}
      {session && <RunningSession session={session} thingName={thing.thingName} />}
      <div className={styles.actions}>
        <RemoteControls thing={thing} place={{ evseId, connectorId }} transactionId={session?.transactionId ?? null} />
        <AvailabilityControl
          thing={thing}
          place={{ evseId, connectorId }}
          label={t('connector.title', { label: connector.label })}
          isOut={connector.status === 'Unavailable'}
        />
      </div>
    </section>
  );
}

function RunningSession({
  session,
  thingName,
}: {
  session: Thing['state']['transactions'][number];
  thingName: string;
}) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const language = i18n.language;
  return (
    <div>
      <div className={styles.power}>{session.powerW === null ? '—' : kilowatts(language, session.powerW)}</div>
      <div className="m sub">
        {[
          session.energyWh === null ? null : kilowattHours(language, session.energyWh),
          duration(now - session.startedAt),
          session.soc === null ? null : `${number(language, session.soc)} %`,
          session.chargingState,
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <div className="row wrap mut" style={{ gap: 8, marginTop: 4 }}>
        <span>{session.idToken ?? t('session.noToken')}</span>
        <Link to="/charge-points/$name" params={{ name: thingName }} search={{ tab: 'sessions' }}>
          {t('session.title', { id: session.transactionId.slice(0, 12) })}
        </Link>
      </div>
    </div>
  );
}
