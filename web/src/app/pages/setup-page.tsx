import type { Session } from '@cpo-console/shared/api/contracts.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../components/ui/problem-note.tsx';
import { api } from '../../lib/api-client.ts';
import { sessionQuery } from '../../lib/thing-queries.ts';
import { keys } from '../../live/query-keys.ts';
import { Gate } from '../gate.tsx';

const route = getRouteApi('/setup');
const SHORTEST_PASSWORD = 12;

export function SetupPage() {
  const { t } = useTranslation();
  const { token } = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const create = useMutation({
    mutationFn: async () => {
      await api.post<Session | undefined>('/setup', { token, name, password });
      client.removeQueries({ queryKey: keys.session });
      const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      return session ?? (await api.post<Session>('/session', { name, password }));
    },
    onSuccess: async (session) => {
      client.setQueryData(keys.session, session);
      await navigate({ to: '/' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (token === undefined) {
    return (
      <Gate title={t('setup.title')}>
        <div className="note care">{t('setup.noToken')}</div>
      </Gate>
    );
  }
  return (
    <Gate title={t('setup.title')}>
      <p className="sub" style={{ margin: 0 }}>
        {t('setup.intro')}
      </p>
      <form className="stack" onSubmit={submit}>
        <div className="field">
          <label htmlFor="name">{t('signIn.name')}</label>
          <input
            id="name"
            className="in"
            autoComplete="username"
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="password">{t('signIn.password')}</label>
          <input
            id="password"
            className="in"
            type="password"
            autoComplete="new-password"
            required
            minLength={SHORTEST_PASSWORD}
            aria-describedby="password-hint"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <span id="password-hint" className="hint">
            {t('setup.passwordHint', { least: SHORTEST_PASSWORD })}
          </span>
        </div>
        {create.isError && <ProblemNote error={create.error} />}
        <button type="submit" className="btn p" disabled={create.isPending}>
          {t('setup.submit')}
        </button>
      </form>
    </Gate>
  );
}
