import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';

/** The first page anyone sees: how to get a charge point onto it. */
export function NoThings({ onRegister }: { onRegister: () => void }) {
  const { t } = useTranslation();
  const may = useMay('things:register');
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: () => api.post<{ thingName: string }>('/demo-charge-point', { protocol: 'ocpp2.0.1' }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.things.all }),
  });
  return (
    <div className="panel empty">
      <h2>{t('empty.things')}</h2>
      <p>{t('empty.thingsHint')}</p>
      {may ? (
        <div className="row wrap" style={{ justifyContent: 'center' }}>
          <button type="button" className="btn p" onClick={onRegister}>
            {t('empty.register')}
          </button>
          <button type="button" className="btn" disabled={start.isPending} onClick={() => start.mutate()}>
            {t('empty.simulate')}
          </button>
        </div>
      ) : (
        <p>{t('empty.askOperator')}</p>
      )}
      {start.isError && <ProblemNote error={start.error} retry={() => start.mutate()} />}
    </div>
  );
}
