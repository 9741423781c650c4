import type { ChargingProfile } from '@cpo-console/shared/api/charging.ts';
import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { compositeSchedule } from '@cpo-console/shared/smart-charging/composite-schedule.ts';
import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { placesOf } from '../../../lib/places.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useNow } from '../../../lib/use-now.ts';
import {
  compositeCommand,
  measuredQuery,
  profilesQuery,
  readProfilesCommand,
  reportsQuery,
  sessionAt,
} from '../api/charging.ts';
import type { ChargingSearch } from '../api/charging-search.ts';
import { compositeSteps, measuredPower, placed, VOLTS } from '../api/outlook.ts';
import { ProfileEditor } from './profile-editor.tsx';
import { ProfileTable } from './profile-table.tsx';
import { ReportsPanel } from './reports-panel.tsx';
import { ScheduleChart } from './schedule-chart.tsx';
import styles from './smart-charging.module.css';
import { WinnerTable } from './winner-table.tsx';

const HOUR_MS = 3_600_000;
const SPAN_MS = { hours: 3 * HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS };
const MINUTE_MS = 60_000;

interface SmartChargingProps {
  thing: Thing;
  search: ChargingSearch;
  onSearch: (patch: ChargingSearch) => void;
}

/** What a charge point may draw and why: its profiles, which of them wins when, and the ways to change that. */
export function SmartCharging({ thing, search, onSearch }: SmartChargingProps) {
  const { t } = useTranslation();
  const mayOperate = useMay('commands:operate');
  const mayAsk = useMay('commands:support');
  const [editing, setEditing] = useState<ChargingProfile | 'new' | null>(null);
  const profiles = useQuery(profilesQuery(thing.thingName));
  const reports = useQuery(reportsQuery(thing.thingName));
  const send = useCommand(thing.thingName);
  const version = thing.protocol ?? 'ocpp2.0.1';
  const places = placesOf(thing);
  const place = Number(search.place ?? places[0] ?? 0);
  const unit: RateUnit = search.unit ?? 'A';
  const busy = send.isPending || !thing.connected;
  return (
    <>
      <div className="row wrap">
        <Choice
          label={version === 'ocpp1.6' ? t('place.connector') : t('place.evse')}
          value={String(place)}
          values={[...places, 0].map((each) => [String(each), each === 0 ? t('place.station') : String(each)])}
          onChange={(value) => onSearch({ place: value })}
        />
        <Choice
          label={t('charging.unit')}
          value={unit}
          values={[
            ['A', 'A'],
            ['W', 'kW'],
          ]}
          onChange={(value) => onSearch({ unit: value as RateUnit })}
        />
        <Choice
          label={t('charging.span')}
          value={search.span ?? 'day'}
          values={[
            ['hours', t('charging.hours')],
            ['day', t('charging.day')],
            ['week', t('charging.week')],
          ]}
          onChange={(value) => onSearch({ span: value as NonNullable<ChargingSearch['span']> })}
        />
        <span className="grow" />
        {mayAsk && (
          <button
            type="button"
            className="btn"
            disabled={busy}
            onClick={() => send.mutate(compositeCommand(place, unit, version))}
          >
            {t('charging.askComposite')}
          </button>
        )}
        {mayAsk && version !== 'ocpp1.6' && (
          <button
            type="button"
            className="btn"
            disabled={busy}
            onClick={() => send.mutate(readProfilesCommand(Math.floor(Date.now() / 1000) % 1_000_000_000))}
          >
            {t('charging.read')}
          </button>
        )}
        {mayOperate && (
          <button type="button" className="btn p" onClick={() => setEditing('new')}>
            {t('charging.new')}
          </button>
        )}
      </div>
      <Answer command={send.data} error={send.error} away={!thing.connected} />
      {profiles.error && <ProblemNote error={profiles.error} retry={() => void profiles.refetch()} />}
      {reports.error && <ProblemNote error={reports.error} retry={() => void reports.refetch()} />}
      {profiles.data ? (
        <>
          <Outlook
            thing={thing}
            profiles={profiles.data}
            composite={reports.data?.find(({ kind, evseId }) => kind === 'composite-schedule' && evseId === place)}
            hasPriority={(reports.data ?? []).some(
              ({ kind, content }) =>
                kind === 'priority-charging' &&
                content.activated === true &&
                content.transactionId === sessionAt(thing, place)?.transactionId,
            )}
            look={{ place, unit, version, spanMs: SPAN_MS[search.span ?? 'day'] }}
          />
          <ProfileTable thing={thing} profiles={profiles.data} onEdit={setEditing} />
        </>
      ) : (
        <div className="panel">
          <SkeletonRows />
        </div>
      )}
      <ReportsPanel reports={reports.data ?? []} version={version} />
      <Drawer
        opened={editing !== null}
        onClose={() => setEditing(null)}
        position="right"
        size={720}
        title={t('charging.drawUp')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {editing !== null && (
          <ProfileEditor
            thing={thing}
            installed={profiles.data ?? []}
            like={editing === 'new' ? null : editing}
            place={place}
          />
        )}
      </Drawer>
    </>
  );
}

function Answer({ command, error, away }: { command: Command | undefined; error: Error | null; away: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {away && <span className="sub">{t('place.away')}</span>}
      {command && <CommandAnswer command={command} announce />}
      {error && <ProblemNote error={error} />}
    </>
  );
}

interface OutlookProps {
  thing: Thing;
  profiles: ChargingProfile[];
  composite: Parameters<typeof compositeSteps>[0];
  /** OCPP 2.1: of the session that runs. */
  hasPriority: boolean;
  look: { place: number; unit: RateUnit; version: OcppVersion; spanMs: number };
}

/** What holds from now on, with what was measured shortly before. */
function Outlook({ thing, profiles, composite, hasPriority, look }: OutlookProps) {
  const { t } = useTranslation();
  const { place, unit, version, spanMs } = look;
  // To the minute: a chart that moves every second is of no use to anyone.
  const now = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  const session = place === 0 ? undefined : sessionAt(thing, place);
  const { data: values } = useQuery(measuredQuery(thing.thingName, session?.transactionId ?? null));
  const isRunning = session !== undefined;
  const startedAt = session?.startedAt ?? now;
  const transactionId = session?.transactionId ?? null;
  const segments = useMemo(() => {
    const from = isRunning ? Math.max(startedAt, now - spanMs / 4) : now;
    const assumed = place === 0 ? null : { transactionId: transactionId ?? '', startedAt };
    const span = { from, to: now + spanMs };
    const situation = { version, place, unit, volts: VOLTS, ...span, session: assumed, priority: hasPriority };
    return compositeSchedule(placed(profiles), situation);
  }, [profiles, now, place, unit, version, spanMs, isRunning, startedAt, transactionId, hasPriority]);
  const measured = useMemo(() => measuredPower(values ?? [], unit), [values, unit]);
  const title =
    place === 0
      ? t('charging.outlookStation')
      : t('charging.outlook', { place: `${version === 'ocpp1.6' ? t('place.connector') : t('place.evse')} ${place}` });
  return (
    <section className="panel" aria-label={title}>
      <div className="ph">
        <h2>{title}</h2>
        <span className="sub">
          {place !== 0 && (isRunning ? t('charging.forSession', { id: transactionId }) : t('charging.forNext'))}
        </span>
      </div>
      <ScheduleChart
        segments={segments}
        composite={compositeSteps(composite, unit)}
        measured={measured}
        unit={unit}
        now={now}
        label={title}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className={styles.winners} tabIndex={0} aria-label={t('charging.setBy')}>
        <WinnerTable segments={segments} unit={unit} />
      </section>
    </section>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  values: [value: string, text: string][];
  onChange: (value: string) => void;
}

function Choice({ label, value, values, onChange }: ChoiceProps) {
  return (
    <label className="row" style={{ gap: 6 }}>
      <span className="label">{label}</span>
      <select className="in" style={{ width: 'auto' }} value={value} onChange={(event) => onChange(event.target.value)}>
        {values.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
