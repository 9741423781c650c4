import type { BootDecision, BootPolicy } from '@cpo-console/shared/api/configuration.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';

/** What charge points are told when they boot, unless something else is decided for one of them. */
export function FleetBootPolicy() {
  const { t } = useTranslation();
  const may = useMay('things:configure');
  const client = useQueryClient();
  const { data: policy, error } = useQuery({
    queryKey: keys.desired.bootPolicy,
    queryFn: ({ signal }) => api.get<BootPolicy>('/boot-policy', undefined, signal),
  });
  const save = useMutation({
    mutationFn: (decision: BootDecision) =>
      api.put<BootPolicy>('/boot-policy', { decision, retryIntervalSeconds: policy?.retryIntervalSeconds ?? 30 }),
    onSuccess: (saved) => {
      client.setQueryData(keys.desired.bootPolicy, saved);
      void client.invalidateQueries({ queryKey: keys.things.all });
    },
  });
  return (
    <section className="panel pb" aria-label={t('desired.fleetBoot')}>
      <div className="row wrap">
        <label htmlFor="fleet-boot" className="b">
          {t('desired.fleetBoot')}
        </label>
        <select
          id="fleet-boot"
          className="in"
          style={{ width: 140 }}
          disabled={!may || policy === undefined || save.isPending}
          value={policy?.decision ?? 'Accepted'}
          onChange={(event) => save.mutate(event.target.value as BootDecision)}
        >
          {(['Accepted', 'Pending', 'Rejected'] as const).map((each) => (
            <option key={each} value={each}>
              {t(`boot.decision.${each}`)}
            </option>
          ))}
        </select>
        <span className="sub">
          {t('desired.fleetBootHint')} {policy && t(`boot.meaning.${policy.decision}`)}
        </span>
      </div>
      {(error ?? save.error) && <ProblemNote error={error ?? save.error} />}
    </section>
  );
}
