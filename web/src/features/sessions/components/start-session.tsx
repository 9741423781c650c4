import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { placesOf } from '../../../lib/places.ts';
import { templatesQuery } from '../../../lib/profile-templates.ts';
import { tokenPickQuery } from '../../../lib/token-pick.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { isForSessions, limitDraft, startCommand } from '../api/remote-control.ts';

/** Starts a session from here: where, for whom, and with how much power. */
export function StartSession({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const may = useMay('commands:operate');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <button type="button" className="btn p" disabled={!thing.connected} onClick={() => setOpen(true)}>
        {t('session.start')}
      </button>
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        position="right"
        size={440}
        title={t('session.startTitle', { name: thing.thingName })}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {open && <StartForm thing={thing} />}
      </Drawer>
    </>
  );
}

function StartForm({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const id = useId();
  const send = useCommand(thing.thingName);
  const version = thing.protocol ?? 'ocpp2.0.1';
  const [wish, setWish] = useState({
    place: placesOf(thing)[0] ?? 0,
    idToken: '',
    templateId: '',
    limit: '',
    unit: 'A' as RateUnit,
  });
  const set = (patch: Partial<typeof wish>) => setWish((old) => ({ ...old, ...patch }));
  const { data: tokens = [] } = useQuery(tokenPickQuery(wish.idToken.trim()));
  const { data: templates = [] } = useQuery(templatesQuery);
  const fitting = templates.filter(({ profile }) => isForSessions(profile, version));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const idToken = wish.idToken.trim();
    const known = tokens.find((token) => token.idToken.toLowerCase() === idToken.toLowerCase());
    const template = fitting.find((each) => each.id === wish.templateId);
    const limit = wish.limit === '' ? null : limitDraft(Number(wish.limit), wish.unit);
    const idTokenType = known?.type ?? 'Central';
    send.mutate(
      startCommand({ place: wish.place, idToken, idTokenType, profile: template?.profile ?? limit }, version),
    );
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor={`${id}place`}>{version === 'ocpp1.6' ? t('place.connector') : t('place.evse')}</label>
        <select
          id={`${id}place`}
          className="in"
          value={wish.place}
          onChange={(event) => set({ place: Number(event.target.value) })}
        >
          {placesOf(thing).map((place) => (
            <option key={place} value={place}>
              {place}
            </option>
          ))}
          <option value={0}>{t('session.anyPlace')}</option>
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}token`}>{t('session.token')}</label>
        <input
          id={`${id}token`}
          className="in m"
          list={`${id}tokens`}
          required
          maxLength={version === 'ocpp1.6' ? 20 : 255}
          autoComplete="off"
          value={wish.idToken}
          onChange={(event) => set({ idToken: event.target.value })}
        />
        <datalist id={`${id}tokens`}>
          {tokens.map((token) => (
            <option key={token.idToken} value={token.idToken}>
              {[token.type, token.status, token.note].filter(Boolean).join(' · ')}
            </option>
          ))}
        </datalist>
        <span className="hint">{t('session.tokenHint')}</span>
      </div>
      {fitting.length > 0 && (
        <div className="field">
          <label htmlFor={`${id}template`}>{t('session.profile')}</label>
          <select
            id={`${id}template`}
            className="in"
            value={wish.templateId}
            onChange={(event) => set({ templateId: event.target.value })}
          >
            <option value="">{t('session.noProfile')}</option>
            {fitting.map((template) => (
              <option key={template.id} value={template.id}>
                {template.name}
              </option>
            ))}
          </select>
          <span className="hint">{t('session.profileHint')}</span>
        </div>
      )}
      {wish.templateId === '' && <LimitField limit={wish.limit} unit={wish.unit} onChange={set} />}
      <div className="row wrap">
        <button type="submit" className="btn p" disabled={send.isPending || !thing.connected}>
          {t('session.startNow')}
        </button>
        {send.isPending && (
          <span className="mut" role="status">
            {t('commands.waiting', { name: thing.thingName })}
          </span>
        )}
        {send.data && !send.isPending && <CommandAnswer command={send.data} announce />}
      </div>
      {send.error && <ProblemNote error={send.error} />}
    </form>
  );
}

interface LimitFieldProps {
  limit: string;
  unit: RateUnit;
  onChange: (patch: { limit?: string; unit?: RateUnit }) => void;
}

function LimitField({ limit, unit, onChange }: LimitFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('session.limit')}</label>
      <div className="row">
        <input
          id={id}
          type="number"
          min={0}
          step={0.1}
          className="in"
          value={limit}
          onChange={(event) => onChange({ limit: event.target.value })}
        />
        <select
          className="in"
          style={{ width: 70 }}
          aria-label={t('session.limitUnit')}
          value={unit}
          onChange={(event) => onChange({ unit: event.target.value as RateUnit })}
        >
          <option>A</option>
          <option>W</option>
        </select>
      </div>
      <span className="hint">{t('session.limitHint')}</span>
    </div>
  );
}
