import type { IdToken, IdTokenStatus } from '@cpo-console/shared/api/id-tokens.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';
import { tokenPath } from '../api/access-queries.ts';
import { DeleteToken } from './delete-token.tsx';

const TYPES = [
  'ISO14443',
  'ISO15693',
  'Central',
  'eMAID',
  'KeyCode',
  'Local',
  'MacAddress',
  'DirectPayment',
  'EVCCID',
  'VIN',
];
const STATUSES: IdTokenStatus[] = ['Accepted', 'Blocked', 'Expired', 'Invalid'];

export function IdTokenForm({ token, onDone }: { token: IdToken | null; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [fields, setFields] = useState({
    idToken: token?.idToken ?? '',
    type: token?.type ?? 'ISO14443',
    status: token?.status ?? ('Accepted' as IdTokenStatus),
    expires: dayOf(token?.expiresAt),
    groupIdToken: token?.groupIdToken ?? '',
    note: token?.note ?? '',
    concurrentLimit: token ? (token.concurrentLimit?.toString() ?? '') : '1',
    language: token?.language ?? '',
  });
  const set = (patch: Partial<typeof fields>) => setFields((old) => ({ ...old, ...patch }));
  const done = async () => {
    await client.invalidateQueries({ queryKey: keys.idTokens.all });
    onDone();
  };
  const save = useMutation({ mutationFn: () => store(token, fields), onSuccess: done });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const text = (
    name: TextField,
    label: string,
    { required = false, hint }: { required?: boolean; hint?: string } = {},
  ) => (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        className="in"
        value={fields[name]}
        required={required}
        disabled={name === 'idToken' && token !== null}
        autoComplete="off"
        onChange={(event) => set({ [name]: event.target.value })}
      />
      {hint && <span className="hint">{hint}</span>}
    </div>
  );
  return (
    <form className="stack" onSubmit={submit}>
      {text('idToken', t('access.token'), { required: true })}
      <div className="field">
        <label htmlFor="type">{t('access.type')}</label>
        <select id="type" className="in" value={fields.type} onChange={(event) => set({ type: event.target.value })}>
          {[...new Set([...TYPES, fields.type])].map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="status">{t('column.state')}</label>
        <select
          id="status"
          className="in"
          value={fields.status}
          onChange={(event) => set({ status: event.target.value as IdTokenStatus })}
        >
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`access.status.${status}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="expires">{t('access.expires')}</label>
        <input
          id="expires"
          type="date"
          className="in"
          value={fields.expires}
          onChange={(event) => set({ expires: event.target.value })}
        />
      </div>
      {text('groupIdToken', t('access.group'), { hint: t('access.groupHint') })}
      <div className="field">
        <label htmlFor="concurrentLimit">{t('access.limitLabel')}</label>
        <input
          id="concurrentLimit"
          type="number"
          min={1}
          className="in"
          value={fields.concurrentLimit}
          onChange={(event) => set({ concurrentLimit: event.target.value })}
        />
        <span className="hint">{t('access.limitHint')}</span>
      </div>
      {text('language', t('access.language'))}
      {text('note', t('access.note'))}
      {save.error && <ProblemNote error={save.error} />}
      <div className="row">
        <button type="submit" className="btn p" disabled={save.isPending}>
          {t('action.save')}
        </button>
        <button type="button" className="btn" onClick={onDone}>
          {t('action.cancel')}
        </button>
        <span className="grow" />
        {token && <DeleteToken idToken={token.idToken} onDone={onDone} />}
      </div>
    </form>
  );
}

const two = (part: number): string => String(part).padStart(2, '0');

/** Where the viewer is. */
function dayOf(at: string | null | undefined): string {
  if (at == null) return '';
  const day = new Date(at);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

const endOfDay = (day: string): string | null => (day === '' ? null : new Date(`${day}T23:59:59`).toISOString());

type TextField = 'idToken' | 'groupIdToken' | 'note' | 'language';

interface Fields extends Pick<IdToken, 'type' | 'status'>, Record<TextField, string> {
  expires: string;
  concurrentLimit: string;
}

function store(token: IdToken | null, { idToken, expires, ...fields }: Fields): Promise<IdToken> {
  const { type, status, groupIdToken, concurrentLimit, language, note } = fields;
  const body = {
    type,
    status,
    expiresAt: expires === dayOf(token?.expiresAt) ? (token?.expiresAt ?? null) : endOfDay(expires),
    groupIdToken: groupIdToken || null,
    concurrentLimit: concurrentLimit === '' ? null : Number(concurrentLimit),
    language: language || null,
    note: note || null,
  };
  return token ? api.put(tokenPath(idToken), body) : api.post('/id-tokens', { idToken, ...body });
}
