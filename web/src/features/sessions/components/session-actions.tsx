import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { stopCommand } from '../../../lib/stop-command.ts';
import { thingQuery } from '../../../lib/thing-queries.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { keys } from '../../../live/query-keys.ts';

/** What can be done about a session that goes on: asked after, stopped at the charge point, closed in our books. */
export function SessionActions({ session }: { session: Transaction }) {
  const { t } = useTranslation();
  const maySend = useMay('commands:support');
  const mayClose = useMay('transactions:close');
  const { data: thing } = useQuery({ ...thingQuery(session.thingName), enabled: session.active });
  const [asking, setAsking] = useState<'stop' | 'close' | null>(null);
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keys.transactions.all });
  const send = useCommand(session.thingName);
  const run = (command: ReturnType<typeof stopCommand>) => {
    setAsking(null);
    send.mutate(command, { onSuccess: () => void refresh() });
  };
  const close = useMutation({
    mutationFn: () => api.post<Transaction>(`/transactions/${encodeURIComponent(session.id)}/close`),
    onSuccess: () => {
      setAsking(null);
      return refresh();
    },
  });
  const away = !thing?.connected;
  const names = { name: session.thingName, id: session.transactionId };
  return (
    <>
      <Answer pending={send.isPending} command={send.data} name={session.thingName} />
      {maySend && session.protocol !== 'ocpp1.6' && (
        <button
          type="button"
          className="btn"
          disabled={away || send.isPending}
          onClick={() => run({ action: 'GetTransactionStatus', payload: { transactionId: session.transactionId } })}
        >
          {t('session.ask')}
        </button>
      )}
      {session.active && maySend && (
        <button type="button" className="btn" disabled={away || send.isPending} onClick={() => setAsking('stop')}>
          {t('session.stop')}
        </button>
      )}
      {session.active && mayClose && (
        <button type="button" className="btn" onClick={() => setAsking('close')}>
          {t('session.close')}
        </button>
      )}
      {send.error && <ProblemNote error={send.error} />}
      <ConfirmDialog
        open={asking === 'stop'}
        title={t('session.stopTitle', names)}
        confirmLabel={t('remote.stopConfirm')}
        onConfirm={() => run(stopCommand(session))}
        onClose={() => setAsking(null)}
      >
        <p style={{ marginTop: 0 }}>{t('session.stopEffect', names)}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'close'}
        title={t('session.closeTitle', names)}
        confirmLabel={t('session.close')}
        busy={close.isPending}
        onConfirm={() => close.mutate()}
        onClose={() => setAsking(null)}
      >
        <p style={{ marginTop: 0 }}>{t('session.closeEffect', names)}</p>
        {close.isError && <ProblemNote error={close.error} />}
      </ConfirmDialog>
    </>
  );
}

function Answer({ pending, command, name }: { pending: boolean; command: Command | undefined; name: string }) {
  const { t } = useTranslation();
  if (pending) {
    return (
      <span className="mut" role="status">
        {t('commands.waiting', { name })}
      </span>
    );
  }
  return command === undefined ? null : <CommandAnswer command={command} announce />;
}
