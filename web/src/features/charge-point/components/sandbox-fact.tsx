import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api, thingPath } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';

/** Whether recorded logs may be run again as this one, and the choice for those who may make it. */
export function SandboxFact({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mayChange = useMay('things:register');
  const change = useMutation({
    mutationFn: (sandbox: boolean) => api.patch<Thing>(thingPath(thing.thingName), { sandbox }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.things.all }),
  });
  return (
    <>
      <label className="row" style={{ alignItems: 'start' }} title={t('rerun.sandboxHint')}>
        <input
          type="checkbox"
          checked={change.isPending ? change.variables : thing.sandbox}
          disabled={!mayChange || change.isPending}
          aria-label={t('rerun.sandbox')}
          onChange={(event) => change.mutate(event.target.checked)}
        />
        <span className="sub">{t('rerun.sandboxHint')}</span>
      </label>
      {change.isError && <ProblemNote error={change.error} />}
    </>
  );
}
