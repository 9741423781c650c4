import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';
import { idTokenUsesQuery, tokenPath } from '../api/access-queries.ts';

/** Says what still counts on the token before it goes. */
export function DeleteToken({ idToken, onDone }: { idToken: string; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const uses = useQuery({ ...idTokenUsesQuery(idToken), enabled: asking });
  const remove = useMutation({
    mutationFn: () => api.delete(tokenPath(idToken)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.idTokens.all });
      onDone();
    },
  });
  return (
    <>
      <button type="button" className="btn quiet" onClick={() => setAsking(true)}>
        {t('access.delete')}
      </button>
      <ConfirmDialog
        open={asking}
        title={t('access.deleteTitle', { token: idToken })}
        confirmLabel={t('access.deleteConfirm')}
        busy={remove.isPending || uses.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>{t('access.deleteEffect', { token: idToken })}</p>
        {uses.data && uses.data.sessions.length > 0 && (
          <div className="note care">
            {t('access.inSessions', {
              count: uses.data.sessions.length,
              places: uses.data.sessions.map(({ thingName }) => thingName).join(', '),
            })}
          </div>
        )}
        {uses.data && uses.data.groupMembers > 0 && (
          <div className="note care">{t('access.isGroup', { count: uses.data.groupMembers })}</div>
        )}
        {uses.data && uses.data.localLists.length > 0 && (
          <div className="note care">{t('access.inLists', { places: uses.data.localLists.join(', ') })}</div>
        )}
        {(remove.error ?? uses.error) && <ProblemNote error={remove.error ?? uses.error} />}
      </ConfirmDialog>
    </>
  );
}
