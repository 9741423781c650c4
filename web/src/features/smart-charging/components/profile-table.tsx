import type { ChargingProfile } from '@cpo-console/shared/api/charging.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { readProfile, schedulesOf } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { clearCommand, sessionAt } from '../api/charging.ts';
import type { ChosenSchedules } from '../api/outlook.ts';
import { scheduleWords } from '../api/schedule-words.ts';

const MOST_PERIODS = 4;

interface ProfileTableProps {
  thing: Thing;
  profiles: ChargingProfile[];
  chosen: ChosenSchedules;
  onChoose: (profileId: number, schedule: number) => void;
  onEdit: (profile: ChargingProfile) => void;
}

export function ProfileTable({ thing, profiles, chosen, onChoose, onEdit }: ProfileTableProps) {
  const { t } = useTranslation();
  if (profiles.length === 0) {
    return (
      <div className="panel empty">
        <h2>{t('charging.none')}</h2>
        <p>{t('charging.noneHint')}</p>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" style={{ flex: 'none' }} tabIndex={0} aria-label={t('charging.profiles')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('charging.id')}</th>
            <th>{t('place.title')}</th>
            <th>{t('charging.purpose')}</th>
            <th>{t('charging.level')}</th>
            <th>{t('charging.kind')}</th>
            <th>{t('charging.schedule')}</th>
            <th>{t('charging.installed')}</th>
            <th aria-label={t('access.actions')} />
          </tr>
        </thead>
        <tbody>
          {profiles.map((profile) => (
            <ProfileRow
              key={profile.profileId}
              profile={profile}
              thing={thing}
              schedule={chosen.get(profile.profileId) ?? 0}
              onSchedule={(schedule) => onChoose(profile.profileId, schedule)}
              onEdit={() => onEdit(profile)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ProfileRowProps {
  profile: ChargingProfile;
  thing: Thing;
  schedule: number;
  onSchedule: (schedule: number) => void;
  onEdit: () => void;
}

function ProfileRow({ profile, thing, schedule, onSchedule, onEdit }: ProfileRowProps) {
  const { t } = useTranslation();
  const draft = readProfile(profile.profile, schedule);
  const count = schedulesOf(profile.profile).length;
  const place = profile.evseId ?? profile.connectorId;
  return (
    <tr>
      <td className="m b">#{profile.profileId}</td>
      <td>{place === null ? t('charging.nextSession') : place === 0 ? t('place.station') : place}</td>
      <td>
        {profile.purpose} {profile.transactionId !== null && <span className="m sub">{profile.transactionId}</span>}
      </td>
      <td>{profile.stackLevel}</td>
      <td>{[profile.kind, draft?.recurrency].filter(Boolean).join(' · ')}</td>
      <td className="m sub">
        {count > 1 && (
          <select
            className="in"
            style={{ width: 'auto' }}
            aria-label={t('charging.scheduleOf', { id: profile.profileId })}
            value={schedule}
            onChange={(event) => onSchedule(Number(event.target.value))}
          >
            {Array.from({ length: count }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is what is chosen
              <option key={index} value={index}>
                {t('charging.nthSchedule', { number: index + 1, count })}
              </option>
            ))}
          </select>
        )}{' '}
        {scheduleWords(schedulesOf(profile.profile)[schedule], MOST_PERIODS)}
      </td>
      <td className="sub">
        <Tag tone={profile.source === 'reported' ? 'warn' : 'ok'}>{t(`charging.source.${profile.source}`)}</Tag>{' '}
        {profile.limitSource !== null && profile.limitSource !== 'CSO' && `${profile.limitSource} · `}
        <DateTime at={profile.installedAt} />
      </td>
      <td className="num">
        <ProfileActions profile={profile} thing={thing} onEdit={onEdit} />
      </td>
    </tr>
  );
}

function ProfileActions({ profile, thing, onEdit }: { profile: ChargingProfile; thing: Thing; onEdit: () => void }) {
  const { t } = useTranslation();
  const { profileId, purpose } = profile;
  const { thingName, protocol, connected } = thing;
  const running = sessionsUnder(profile, thing);
  const may = useMay('commands:operate');
  const [asking, setAsking] = useState(false);
  const send = useCommand(thingName);
  if (!may) return null;
  return (
    <span className="row" style={{ justifyContent: 'flex-end', gap: 4 }}>
      {send.data && <CommandAnswer command={send.data} announce />}
      {send.error && <ProblemNote error={send.error} />}
      <button type="button" className="btn small" onClick={onEdit}>
        {t('action.edit')}
      </button>
      <button
        type="button"
        className="btn small"
        disabled={send.isPending || !connected}
        onClick={() => setAsking(true)}
      >
        {t('charging.clear')}
      </button>
      <ConfirmDialog
        open={asking}
        title={t('charging.clearTitle', { id: profileId, name: thingName })}
        confirmLabel={t('charging.clearConfirm')}
        onConfirm={() => {
          setAsking(false);
          send.mutate(clearCommand(profileId, protocol ?? 'ocpp2.0.1'));
        }}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>{t('charging.clearEffect', { purpose })}</p>
        {running.length > 0 && (
          <div className="note care">
            {t('charging.clearRunning', { count: running.length, sessions: running.join(', ') })}
          </div>
        )}
      </ConfirmDialog>
    </span>
  );
}

/** The sessions that go on where it holds. */
function sessionsUnder({ evseId, connectorId, transactionId }: ChargingProfile, thing: Thing): string[] {
  const place = evseId ?? connectorId;
  if (place === null) return [];
  const there = place === 0 ? thing.state.transactions : [sessionAt(thing, place)].filter((each) => each !== undefined);
  return there.map((each) => each.transactionId).filter((id) => transactionId === null || id === transactionId);
}
