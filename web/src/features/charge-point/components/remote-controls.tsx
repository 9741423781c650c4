import type { NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { stopCommand } from '../../../lib/stop-command.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { type ConnectorPlace, statusCommand, unlockCommand } from '../api/remote-commands.ts';

interface RemoteControlsProps {
  thing: Thing;
  place: ConnectorPlace;
  /** Of the session that runs there. */
  transactionId: string | null;
}

/** What helps a driver on the phone: end the session, release the cable, ask how the connector is. */
export function RemoteControls({ thing, place, transactionId }: RemoteControlsProps) {
  const { t } = useTranslation();
  const may = useMay('commands:support');
  const [asking, setAsking] = useState<'unlock' | 'stop' | null>(null);
  const send = useCommand(thing.thingName);
  const { thingName: name, protocol } = thing;
  if (!may || !thing.connected || protocol === null) return null;
  const run = (command: NewCommand) => {
    setAsking(null);
    send.mutate(command);
  };
  return (
    <div className="row wrap" style={{ gap: 8 }}>
      {transactionId !== null && (
        <button type="button" className="btn small" disabled={send.isPending} onClick={() => setAsking('stop')}>
          {t('remote.stop')}
        </button>
      )}
      <button type="button" className="btn small" disabled={send.isPending} onClick={() => setAsking('unlock')}>
        {t('remote.unlock')}
      </button>
      <button
        type="button"
        className="btn small"
        disabled={send.isPending}
        onClick={() => run(statusCommand(place, protocol))}
      >
        {t('remote.status')}
      </button>
      {send.isPending && (
        <span className="sub" role="status">
          {t('commands.waiting', { name })}
        </span>
      )}
      {send.data && !send.isPending && <CommandAnswer command={send.data} announce />}
      {send.error && <ProblemNote error={send.error} />}
      <ConfirmDialog
        open={asking === 'unlock'}
        title={t('commands.confirmTitle', { action: 'UnlockConnector', name })}
        confirmLabel={t('remote.unlockConfirm')}
        onConfirm={() => run(unlockCommand(place, protocol))}
        onClose={() => setAsking(null)}
      >
        {t('effect.UnlockConnector', { name })}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'stop'}
        title={t('remote.stopTitle', { name })}
        confirmLabel={t('remote.stopConfirm')}
        onConfirm={() => transactionId !== null && run(stopCommand({ protocol, transactionId }))}
        onClose={() => setAsking(null)}
      >
        {t('effect.RemoteStopTransaction', { name })}
      </ConfirmDialog>
    </div>
  );
}
