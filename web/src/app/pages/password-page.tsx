import type { Session } from '@cpo-console/shared/api/sign-in.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../components/ui/problem-note.tsx';
import { api } from '../../lib/api-client.ts';
import { keys } from '../../live/query-keys.ts';
import { SHORTEST_PASSWORD } from '../account-form.tsx';
import { Gate } from '../gate.tsx';
import { PasswordField } from '../password-field.tsx';

const route = getRouteApi('/password');

export function PasswordPage() {
  const { t } = useTranslation();
  const { token } = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const choose = useMutation({
    mutationFn: () => api.post<Session>('/password', { token, password }),
    onSuccess: async (session) => {
      // Whoever was signed in here before may have been somebody else.
      client.clear();
      client.setQueryData(keys.session, session);
      await navigate({ to: '/' });
    },
  });
  if (token === undefined) {
    return (
      <Gate title={t('password.choose')}>
        <div className="note care">{t('password.noToken')}</div>
      </Gate>
    );
  }
  return (
    <Gate title={t('password.choose')}>
      <p className="sub" style={{ margin: 0 }}>
        {t('password.chooseIntro')}
      </p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          choose.mutate();
        }}
      >
        <PasswordField
          id="password"
          label={t('signIn.password')}
          value={password}
          onChange={setPassword}
          newPassword={{ least: SHORTEST_PASSWORD, hint: t('setup.passwordHint', { least: SHORTEST_PASSWORD }) }}
        />
        {choose.error && <ProblemNote error={choose.error} />}
        <button type="submit" className="btn p" disabled={choose.isPending}>
          {t('password.chooseSubmit')}
        </button>
      </form>
    </Gate>
  );
}
