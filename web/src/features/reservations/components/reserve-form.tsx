import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { fromLocalField, toLocalField } from '../../../lib/local-time.ts';
import { placesOf } from '../../../lib/places.ts';
import { tokenPickQuery } from '../../../lib/token-pick.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { reserveCommand } from '../api/reservations.ts';

const HALF_AN_HOUR_MS = 1_800_000;
const TYPES = ['ISO14443', 'ISO15693', 'Central', 'eMAID', 'KeyCode', 'Local'];

export function ReserveForm({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const id = useId();
  const send = useCommand(thing.thingName);
  const version = thing.protocol ?? 'ocpp2.0.1';
  const [wish, setWish] = useState(() => ({
    place: placesOf(thing)[0] ?? 0,
    idToken: '',
    idTokenType: 'ISO14443',
    until: toLocalField(Date.now() + HALF_AN_HOUR_MS),
  }));
  const set = (patch: Partial<typeof wish>) => setWish((old) => ({ ...old, ...patch }));
  const { data: tokens = [] } = useQuery(tokenPickQuery(wish.idToken.trim()));
  const until = fromLocalField(wish.until);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (until !== null) send.mutate(reserveCommand({ ...wish, idToken: wish.idToken.trim(), until }, version));
  };
  return (
    <form className="panel pb stack" onSubmit={submit} aria-label={t('reservation.new')}>
      <div className="row wrap" style={{ alignItems: 'flex-end' }}>
        <div className="field" style={{ width: 130 }}>
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
            <option value={0}>{t('reservation.anyPlace')}</option>
          </select>
        </div>
        <div className="field grow" style={{ minWidth: 150 }}>
          <label htmlFor={`${id}token`}>{t('access.token')}</label>
          <input
            id={`${id}token`}
            className="in m"
            required
            maxLength={version === 'ocpp1.6' ? 20 : 36}
            autoComplete="off"
            list={`${id}tokens`}
            value={wish.idToken}
            onChange={(event) => set({ idToken: event.target.value })}
          />
          <datalist id={`${id}tokens`}>
            {tokens.map(({ idToken, note }) => (
              <option key={idToken} value={idToken}>
                {note}
              </option>
            ))}
          </datalist>
        </div>
        {version !== 'ocpp1.6' && (
          <div className="field" style={{ width: 130 }}>
            <label htmlFor={`${id}type`}>{t('access.type')}</label>
            <select
              id={`${id}type`}
              className="in"
              value={wish.idTokenType}
              onChange={(event) => set({ idTokenType: event.target.value })}
            >
              {TYPES.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </select>
          </div>
        )}
        <div className="field" style={{ width: 200 }}>
          <label htmlFor={`${id}until`}>{t('reservation.until')}</label>
          <input
            id={`${id}until`}
            type="datetime-local"
            className="in"
            required
            value={wish.until}
            onChange={(event) => set({ until: event.target.value })}
          />
        </div>
        <button type="submit" className="btn p" disabled={send.isPending || !thing.connected}>
          {t('reservation.reserve')}
        </button>
      </div>
      {!thing.connected && <span className="sub">{t('place.away')}</span>}
      {send.data && <CommandAnswer command={send.data} announce />}
      {send.error && <ProblemNote error={send.error} />}
    </form>
  );
}
