import type { IdToken, IdTokenStatus } from '@cpo-console/shared/api/contracts.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const TYPES = ['ISO14443', 'ISO15693', 'Central', 'eMAID', 'KeyCode', 'Local', 'MacAddress', 'NoAuthorization'];
const STATUSES: IdTokenStatus[] = ['Accepted', 'Blocked', 'Expired', 'Invalid'];

export function IdTokenForm({ token, onDone }: { token: IdToken | null; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [fields, setFields] = useState({
    idToken: token?.idToken ?? '',
    type: token?.type ?? 'ISO14443',
    status: token?.status ?? ('Accepted' as IdTokenStatus),
    expires: token?.expiresAt?.slice(0, 10) ?? '',
    groupIdToken: token?.groupIdToken ?? '',
    note: token?.note ?? '',
    concurrent: token?.concurrent ?? false,
  });
  const set = (patch: Partial<typeof fields>) => setFields((old) => ({ ...old, ...patch }));
  const done = async () => {
    await client.invalidateQueries({ queryKey: keys.idTokens.all });
    onDone();
  };
  const save = useMutation({ mutationFn: () => store(token, fields), onSuccess: done });
  const remove = useMutation({
    mutationFn: () => api.delete(`/id-tokens/${encodeURIComponent(fields.idToken)}`),
    onSuccess: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const text = (name: 'idToken' | 'groupIdToken' | 'note', label: string, required: boolean) => (
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
    </div>
  );
  return (
    <form className="stack" onSubmit={submit}>
      {text('idToken', t('access.token'), true)}
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
      {text('groupIdToken', t('access.group'), false)}
      {text('note', t('access.note'), false)}
      <label className="row">
        <input
          type="checkbox"
          checked={fields.concurrent}
          onChange={(event) => set({ concurrent: event.target.checked })}
        />
        {t('access.concurrent')}
      </label>
      {(save.error ?? remove.error) && <ProblemNote error={save.error ?? remove.error} />}
      <div className="row">
        <button type="submit" className="btn p" disabled={save.isPending}>
          {t('action.save')}
        </button>
        <button type="button" className="btn" onClick={onDone}>
          {t('action.cancel')}
        </button>
        <span className="grow" />
        {token && (
          <button type="button" className="btn quiet" onClick={() => remove.mutate()}>
            {t('access.delete')}
          </button>
        )}
      </div>
    </form>
  );
}

interface Fields extends Pick<IdToken, 'idToken' | 'type' | 'status' | 'concurrent'> {
  expires: string;
  groupIdToken: string;
  note: string;
}

function store(token: IdToken | null, { idToken, expires, groupIdToken, note, ...rest }: Fields): Promise<IdToken> {
  const body = {
    ...rest,
    // The end of the chosen day, where the viewer is.
    expiresAt: expires === '' ? null : new Date(`${expires}T23:59:59`).toISOString(),
    groupIdToken: groupIdToken || null,
    note: note || null,
  };
  return token
    ? api.put(`/id-tokens/${encodeURIComponent(idToken)}`, body)
    : api.post('/id-tokens', { idToken, ...body });
}
