import type { Thing } from '@cpo-console/shared/api/things.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age, DateTime } from '../../../components/ui/time.tsx';
import { number } from '../../../lib/format.ts';
import { useMay } from '../../../lib/permissions.ts';
import { connectorsOf, toneOf, versionName } from '../../../lib/station-view.ts';
import { AvailabilityControl } from './availability-control.tsx';
import { ConnectorCard } from './connector-card.tsx';
import { EventStreams } from './event-streams.tsx';
import styles from './overview.module.css';
import { SandboxFact } from './sandbox-fact.tsx';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function Overview({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const connectors = connectorsOf(thing);
  return (
    <div className={styles.layout}>
      <div className="stack">
        {connectors.length > 0 ? (
          <div className={styles.cards}>
            {connectors.map((connector) => (
              <ConnectorCard key={connector.key} connector={connector} thing={thing} />
            ))}
          </div>
        ) : (
          <div className="panel empty">
            <h2>{thing.overall === 'never-seen' ? t('thing.neverSeen') : t('thing.noConnectors')}</h2>
            <p>{thing.overall === 'never-seen' ? t('thing.neverSeenHint') : t('thing.noConnectorsHint')}</p>
          </div>
        )}
        {connectors.length > 0 && <Station thing={thing} />}
        {thing.protocol === 'ocpp2.1' && <EventStreams thingName={thing.thingName} />}
        <RecentEvents thing={thing} />
      </div>
      <div className="stack">
        <Hardware thing={thing} />
        <Connection thing={thing} />
      </div>
    </div>
  );
}

/** The charge point as a whole: connector 0, EVSE 0. */
function Station({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const { station, connectors } = thing.state;
  const isOut = station?.status === 'Unavailable' || connectors.every(({ status }) => status === 'Unavailable');
  return (
    <section className="panel pb row wrap" aria-label={t('place.station')}>
      <h2>{t('place.station')}</h2>
      {station && <Tag tone={thing.connected ? toneOf(station.status) : 'off'}>{station.status}</Tag>}
      <span className="grow" />
      <AvailabilityControl thing={thing} place="station" label={t('place.station')} isOut={isOut} />
    </section>
  );
}

function Facts({
  title,
  facts,
  children,
}: {
  title: string;
  facts: [label: string, value: ReactNode][];
  children?: ReactNode;
}) {
  return (
    <section className="panel" aria-label={title}>
      <div className="ph">
        <h2>{title}</h2>
      </div>
      <dl className="kv pb">
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value ?? <span className="mut">—</span>}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  );
}

function Hardware({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const station = thing.state.chargingStation;
  const mono = (value: string | null | undefined) => (value ? <span className="m">{value}</span> : null);
  return (
    <Facts
      title={t('thing.hardware')}
      facts={[
        [t('thing.vendor'), station?.vendorName],
        [t('thing.model'), station?.model],
        [t('thing.serial'), mono(station?.serialNumber)],
        [t('thing.firmware'), mono(station?.firmwareVersion)],
        ['ICCID', mono(station?.modem.iccid)],
        ['IMSI', mono(station?.modem.imsi)],
        ...Object.entries(thing.attributes),
      ]}
    />
  );
}

function Connection({ thing }: { thing: Thing }) {
  const { t, i18n } = useTranslation();
  const { state } = thing;
  const count = (value: number) => number(i18n.language, value);
  const { counters } = state;
  return (
    <Facts
      title={t('thing.connection')}
      facts={[
        [t('thing.auth'), t(`register.authType.${thing.auth.type}`)],
        [t('rerun.sandbox'), <SandboxFact key="sandbox" thing={thing} />],
        ['OCPP', thing.protocol && versionName(thing.protocol)],
        [
          t('thing.address'),
          state.remoteAddress && (
            <span key="address" className="m">
              {state.remoteAddress}
            </span>
          ),
        ],
        [t('thing.connectedAt'), state.connectedAt && <DateTime key="on" at={iso(state.connectedAt)} />],
        [
          t('thing.disconnectedAt'),
          !state.connected && state.disconnectedAt ? <DateTime key="off" at={iso(state.disconnectedAt)} /> : null,
        ],
        [t('thing.boot'), state.boot && <BootFact key="boot" boot={state.boot} />],
        [t('thing.interval'), state.boot?.interval != null ? t('thing.seconds', { count: state.boot.interval }) : null],
        [t('thing.frames'), t('thing.framesValue', { in: count(counters.framesIn), out: count(counters.framesOut) })],
        [
          t('thing.defects'),
          <MessagesLink key="defects" thing={thing} search={{ violation: 'true' }}>
            {t('thing.defectsValue', {
              errors: count(counters.errors),
              violations: count(counters.violations),
              malformed: count(counters.malformed),
            })}
          </MessagesLink>,
        ],
        [t('thing.createdAt'), <DateTime key="created" at={thing.createdAt} />],
      ]}
    />
  );
}

function BootFact({ boot }: { boot: NonNullable<Thing['state']['boot']> }) {
  return (
    <span className="row wrap" style={{ gap: 6 }}>
      {boot.status && <Tag tone={boot.status === 'Accepted' ? 'ok' : 'warn'}>{boot.status}</Tag>}
      {boot.reason} <DateTime at={iso(boot.at)} />
    </span>
  );
}

interface MessagesLinkProps {
  thing: Thing;
  search?: { violation?: 'true' };
  children: ReactNode;
}

/** The frames behind a claim, for those who may read them. */
function MessagesLink({ thing, search, children }: MessagesLinkProps) {
  if (!useMay('messages:read')) return children;
  return (
    <Link to="/charge-points/$name" params={{ name: thing.thingName }} search={{ tab: 'messages', ...search }}>
      {children}
    </Link>
  );
}

function RecentEvents({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const mayRead = useMay('messages:read');
  const events = thing.state.recentEvents.slice(-12).reverse();
  if (events.length === 0) return null;
  return (
    <section className="panel" aria-label={t('thing.events')}>
      <div className="ph">
        <h2 className="grow">{t('thing.events')}</h2>
        {mayRead && <MessagesLink thing={thing}>{t('thing.allMessages')}</MessagesLink>}
      </div>
      <table className="plain">
        <tbody>
          {events.map((event) => (
            <tr key={`${event.at} ${event.name} ${event.detail}`}>
              <td className="mut" style={{ width: 110, whiteSpace: 'nowrap' }}>
                <Age at={iso(event.at)} />
              </td>
              <td style={{ whiteSpace: 'nowrap' }}>{t(`stateEvent.${event.name}`)}</td>
              <td className="sub" style={{ overflowWrap: 'anywhere' }}>
                {event.detail}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
