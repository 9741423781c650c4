import type { Session, SetupState } from '@cpo-console/shared/api/sign-in.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../components/ui/problem-note.tsx';
import { ApiError, api } from '../../lib/api-client.ts';
import { keys } from '../../live/query-keys.ts';
import { type Account, AccountForm } from '../account-form.tsx';
import { Gate } from '../gate.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t } = useTranslation();
  const { next } = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => api.get<SetupState>('/setup') });
  const signIn = useMutation({
    mutationFn: (account: Account) => api.post<Session>('/session', account),
    onSuccess: async (session) => {
      client.setQueryData(keys.session, session);
      await navigate({ href: next ?? '/' });
    },
  });
  const refused = signIn.error instanceof ApiError && signIn.error.status === 401;
  return (
    <Gate title={t('signIn.title')}>
      {setup.data?.needed && <div className="note info">{t('signIn.setupNeeded')}</div>}
      <AccountForm
        submitLabel={t('signIn.submit')}
        busy={signIn.isPending}
        onSubmit={(account) => signIn.mutate(account)}
      >
        {refused && (
          <div className="note" role="alert">
            {t('signIn.refused')}
          </div>
        )}
        {signIn.isError && !refused && <ProblemNote error={signIn.error} />}
      </AccountForm>
    </Gate>
  );
}
