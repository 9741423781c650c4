import type { ChargingProfile, ProfileTemplate } from '@cpo-console/shared/api/charging.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api } from '../../../lib/api-client.ts';
import { TEMPLATES } from '../../../lib/profile-templates.ts';

/** Says where the template holds just now before it goes. */
export function DeleteTemplate({ template, onDone }: { template: ProfileTemplate; onDone: () => Promise<void> }) {
  const { t } = useTranslation();
  const { id, name } = template;
  const [asking, setAsking] = useState(false);
  const uses = useQuery({
    queryKey: ['profile-templates', id, 'uses'],
    queryFn: ({ signal }) => api.get<{ profiles: ChargingProfile[] }>(`${TEMPLATES}/${id}/uses`, undefined, signal),
    enabled: asking,
    staleTime: 0,
  });
  const remove = useMutation({ mutationFn: () => api.delete(`${TEMPLATES}/${id}`), onSuccess: onDone });
  const places = uses.data?.profiles.map(({ thingName, profileId }) => `${thingName} #${profileId}`) ?? [];
  return (
    <>
      <button type="button" className="btn small" onClick={() => setAsking(true)}>
        {t('charging.deleteTemplate', { name })}
      </button>
      <ConfirmDialog
        open={asking}
        title={t('charging.deleteTemplateTitle', { name })}
        confirmLabel={t('charging.deleteTemplateConfirm')}
        busy={remove.isPending || uses.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>{t('charging.deleteTemplateEffect')}</p>
        {places.length > 0 && (
          <div className="note care">{t('charging.templateInUse', { places: places.join(', ') })}</div>
        )}
        {(remove.error ?? uses.error) && <ProblemNote error={remove.error ?? uses.error} />}
      </ConfirmDialog>
    </>
  );
}
