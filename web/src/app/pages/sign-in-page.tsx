import type { Session, SetupState } from '@cpo-console/shared/api/contracts.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../components/ui/problem-note.tsx';
import { ApiError, api } from '../../lib/api-client.ts';
import { keys } from '../../live/query-keys.ts';
import { Gate } from '../gate.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t } = useTranslation();
  const { next } = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => api.get<SetupState>('/setup') });
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => api.post<Session>('/session', { name, password }),
    onSuccess: async (session) => {
      client.setQueryData(keys.session, session);
      await navigate({ href: next ?? '/' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const refused = signIn.error instanceof ApiError && signIn.error.status === 401;
  return (
    <Gate title={t('signIn.title')}>
      {setup.data?.needed && <div className="note info">{t('signIn.setupNeeded')}</div>}
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
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        {refused && (
          <div className="note" role="alert">
            {t('signIn.refused')}
          </div>
        )}
        {signIn.isError && !refused && <ProblemNote error={signIn.error} />}
        <button type="submit" className="btn p" disabled={signIn.isPending}>
          {t('signIn.submit')}
        </button>
      </form>
    </Gate>
  );
}
