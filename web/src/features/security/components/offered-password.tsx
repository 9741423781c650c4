import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

/** A password that was sent to it, and of which nobody knows yet whether it uses it. */
export function OfferedPassword({
  thingName: name,
  at,
  mayWithdraw,
}: {
  thingName: string;
  at: string;
  mayWithdraw: boolean;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => api.delete(thingPath(name, '/credentials/offered')),
    onSettled: () => {
      setAsking(false);
      return client.invalidateQueries({ queryKey: keys.things.all });
    },
  });
  return (
    <div className="note care stack" role="status">
      <span>
        <b>
          {t('security.offeredAt')} <DateTime at={at} />.
        </b>{' '}
        {t('security.offered', { name })}
      </span>
      {withdraw.error && <ProblemNote error={withdraw.error} />}
      {mayWithdraw && (
        <span>
          <button type="button" className="btn small" onClick={() => setAsking(true)}>
            {t('security.withdraw')}
          </button>
        </span>
      )}
      <ConfirmDialog
        open={asking}
        title={t('security.withdrawTitle', { name })}
        confirmLabel={t('security.withdrawConfirm')}
        busy={withdraw.isPending}
        onConfirm={() => withdraw.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('security.withdrawEffect', { name })}
      </ConfirmDialog>
    </div>
  );
}
