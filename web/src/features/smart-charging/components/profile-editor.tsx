import type { ChargingProfile } from '@cpo-console/shared/api/charging.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { checkForVersion, checkPlace } from '@cpo-console/shared/smart-charging/check-draft.ts';
import { compositeSchedule } from '@cpo-console/shared/smart-charging/composite-schedule.ts';
import {
  readProfile,
  schedulesOf,
  setChargingProfileRequest,
} from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { placesOf } from '../../../lib/places.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { notInEditor } from '../api/beyond-limits.ts';
import { sessionAt } from '../api/charging.ts';
import { placed, sameLevelAs, VOLTS } from '../api/outlook.ts';
import { emptyFields, type FieldDefect, fieldsOf, type ProfileFields, readFields } from '../api/profile-fields.ts';
import { ProfileFieldSet, SelectField, TextField } from './profile-fields.tsx';
import { ScheduleChart } from './schedule-chart.tsx';
import styles from './smart-charging.module.css';
import { TemplateBar } from './template-bar.tsx';
import { WinnerTable } from './winner-table.tsx';

const DAY_MS = 86_400_000;

interface ProfileEditorProps {
  thing: Thing;
  installed: ChargingProfile[];
  /** What to begin with; null: from nothing. */
  like: ChargingProfile | null;
  place: number;
}

/** Draws up a profile, shows what would hold with it, and sets it. */
export function ProfileEditor({ thing, installed, like, place: shownPlace }: ProfileEditorProps) {
  const { t } = useTranslation();
  const version = thing.protocol ?? 'ocpp2.0.1';
  const [now] = useState(() => Date.now());
  const [fields, setFields] = useState<ProfileFields>(() => {
    const draft = like && readProfile(like.profile);
    return draft === null ? emptyFields(now) : fieldsOf(draft, now);
  });
  const [place, setPlace] = useState(like?.evseId ?? like?.connectorId ?? shownPlace);
  const [id, setId] = useState(String(like?.profileId ?? nextId(installed)));
  const send = useCommand(thing.thingName);
  const change = (patch: Partial<ProfileFields>) => setFields((old) => ({ ...old, ...patch }));

  const session = sessionAt(thing, place);
  const { draft, defects: ofFields } = useMemo(() => readFields(fields), [fields]);
  const profileId = Number(id);
  const defects: FieldDefect[] = [
    ...ofFields,
    ...checkForVersion(draft, version),
    ...checkPlace(draft, { place, hasSession: session !== undefined }),
    ...(Number.isInteger(profileId) && id.trim() !== '' ? [] : [{ path: '/id', rule: 'wholeNumber' as const }]),
  ];
  const wrong = (path: string): string | undefined => {
    const defect = defects.find((each) => each.path === path);
    return defect && t(`charging.defect.${defect.rule}`, defect.about ?? {});
  };
  const transactionId = draft.purpose === 'TxProfile' ? session?.transactionId : undefined;
  const rivals = useMemo(
    () =>
      sameLevelAs({ id: profileId, place, purpose: draft.purpose, stackLevel: draft.stackLevel }, placed(installed)),
    [installed, profileId, place, draft.purpose, draft.stackLevel],
  );
  const segments = useMemo(() => {
    const gone = version === 'ocpp1.6' ? rivals : [];
    const others = placed(installed).filter((profile) => profile.id !== profileId && !gone.includes(profile.id));
    const candidate = { ...draft, id: profileId, place, transactionId: null };
    const assumed = place === 0 ? null : { transactionId: session?.transactionId ?? '', startedAt: now };
    const situation = { version, place, unit: draft.unit, volts: VOLTS, from: now, to: now + DAY_MS, session: assumed };
    return compositeSchedule(ofFields.length > 0 ? others : [...others, candidate], situation);
  }, [installed, draft, ofFields, rivals, profileId, place, version, now, session?.transactionId]);

  const lost = like === null ? [] : notInEditor(like.profile);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const recipient = { version, place, profileId, ...(transactionId !== undefined && { transactionId }) };
    if (defects.length === 0)
      send.mutate({ action: 'SetChargingProfile', payload: setChargingProfileRequest(draft, recipient) });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {like !== null && schedulesOf(like.profile).length > 1 && (
        <div className="note care">
          {t('charging.onlyFirst', { id: like.profileId, count: schedulesOf(like.profile).length })}
        </div>
      )}
      {lost.length > 0 && (
        <div className="note care">{t('charging.notInEditor', { id: like?.profileId, names: lost.join(', ') })}</div>
      )}
      <TemplateBar draft={ofFields.length === 0 ? draft : null} onLoad={(each) => setFields(fieldsOf(each, now))} />
      <div className={styles.two}>
        <TextField label={t('charging.id')} value={id} wrong={wrong('/id')} onChange={setId} />
        <SelectField
          label={version === 'ocpp1.6' ? t('place.connector') : t('place.evse')}
          value={String(place)}
          values={[...placesOf(thing), 0].map((each) => [String(each), each === 0 ? t('place.station') : String(each)])}
          wrong={wrong('/place') ?? wrong('/transactionId')}
          onChange={(value) => setPlace(Number(value))}
        />
      </div>
      <ProfileFieldSet fields={fields} version={version} wrong={wrong} onChange={change} />
      {rivals.length > 0 && (
        <div className="note care">
          {t(version === 'ocpp1.6' ? 'charging.replaces' : 'charging.sameLevel', {
            ids: rivals.map((each) => `#${each}`).join(', '),
          })}
        </div>
      )}
      <section className="panel" aria-label={t('charging.preview')}>
        <div className="ph">
          <h2>{t('charging.preview')}</h2>
          <span className="sub">{place === 0 ? t('charging.outlookStation') : t('charging.previewHint')}</span>
        </div>
        <ScheduleChart segments={segments} unit={draft.unit} now={now} label={t('charging.preview')} />
        <WinnerTable segments={segments} unit={draft.unit} />
      </section>
      {send.data && <CommandAnswer command={send.data} announce />}
      {send.error && <ProblemNote error={send.error} />}
      <div className="row">
        <button type="submit" className="btn p" disabled={send.isPending || !thing.connected || defects.length > 0}>
          {t('charging.set', { name: thing.thingName })}
        </button>
        {!thing.connected && <span className="sub">{t('place.away')}</span>}
      </div>
    </form>
  );
}

const nextId = (installed: ChargingProfile[]): number => Math.max(0, ...installed.map((each) => each.profileId)) + 1;
