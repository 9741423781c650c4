import type { SecurityProfile, Thing } from '@cpo-console/shared/api/things.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

/** What it has reached and may not go below. */
export function HighestProfile({
  thing,
  profile,
  mayForget,
}: {
  thing: Thing;
  profile: SecurityProfile;
  mayForget: boolean;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { thingName: name, auth } = thing;
  const forget = useMutation({
    mutationFn: () => api.delete(thingPath(name, '/security-profile')),
    onSettled: () => {
      setAsking(false);
      return client.invalidateQueries({ queryKey: keys.things.all });
    },
  });
  return (
    <>
      <span className="row wrap">
        <span className="sub">{t('security.profile', { name, profile })}</span>
        {mayForget && auth.type === 'basic' && (
          <button type="button" className="btn small" onClick={() => setAsking(true)}>
            {t('security.forgetProfile')}
          </button>
        )}
      </span>
      {forget.error && <ProblemNote error={forget.error} />}
      <ConfirmDialog
        open={asking}
        title={t('security.forgetProfileTitle', { name })}
        confirmLabel={t('security.forgetProfileConfirm')}
        busy={forget.isPending}
        onConfirm={() => forget.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('security.forgetProfileEffect')}
      </ConfirmDialog>
    </>
  );
}
