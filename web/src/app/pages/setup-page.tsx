import type { Session } from '@cpo-console/shared/api/sign-in.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../components/ui/problem-note.tsx';
import { api } from '../../lib/api-client.ts';
import { sessionQuery } from '../../lib/thing-queries.ts';
import { keys } from '../../live/query-keys.ts';
import { type Account, AccountForm, SHORTEST_PASSWORD } from '../account-form.tsx';
import { Gate } from '../gate.tsx';

const route = getRouteApi('/setup');

export function SetupPage() {
  const { t } = useTranslation();
  const { token } = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: async ({ name, password }: Account) => {
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
      <AccountForm
        submitLabel={t('setup.submit')}
        busy={create.isPending}
        onSubmit={(account) => create.mutate(account)}
        newPassword={t('setup.passwordHint', { least: SHORTEST_PASSWORD })}
      >
        {create.isError && <ProblemNote error={create.error} />}
      </AccountForm>
    </Gate>
  );
}
