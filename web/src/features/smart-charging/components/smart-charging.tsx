import type { ChargingProfile } from '@cpo-console/shared/api/charging.ts';
import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
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
import { compositeCommand, profilesQuery, readProfilesCommand, reportsQuery, sessionAt } from '../api/charging.ts';
import { type ChargingSearch, chosenSchedules, withSchedule } from '../api/charging-search.ts';
import { Choice } from './choice.tsx';
import { Outlook } from './outlook.tsx';
import { ProfileEditor } from './profile-editor.tsx';
import { ProfileTable } from './profile-table.tsx';
import { ReportsPanel } from './reports-panel.tsx';

const HOUR_MS = 3_600_000;
const SPAN_MS = { hours: 3 * HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS };

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
  const chosen = useMemo(() => chosenSchedules(search.schedules), [search.schedules]);
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
            chosen={chosen}
            composite={reports.data?.find(({ kind, evseId }) => kind === 'composite-schedule' && evseId === place)}
            hasPriority={(reports.data ?? []).some(
              ({ kind, content }) =>
                kind === 'priority-charging' &&
                content.activated === true &&
                content.transactionId === sessionAt(thing, place)?.transactionId,
            )}
            look={{ place, unit, version, spanMs: SPAN_MS[search.span ?? 'day'] }}
          />
          <ProfileTable
            thing={thing}
            profiles={profiles.data}
            chosen={chosen}
            onChoose={(profileId, schedule) =>
              onSearch({ schedules: withSchedule(search.schedules, profileId, schedule) })
            }
            onEdit={setEditing}
          />
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
