import type { Command } from '@cpo-console/shared/api/commands.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Age, DateTime } from '../../../components/ui/time.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { commandQuery, commandsQuery, useCancelCommand } from '../api/commands.ts';
import { CommandExchange } from './command-exchange.tsx';
import styles from './commands.module.css';

interface CommandHistoryProps {
  thingName: string;
  /** The one that is looked at; it comes first where the list does not reach back to it. */
  sent: string | undefined;
}

export function CommandHistory({ thingName, sent }: CommandHistoryProps) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(commandsQuery(thingName));
  const isListed = data?.items.some((command) => command.id === sent) ?? true;
  const { data: older } = useQuery({ ...commandQuery(sent ?? ''), enabled: sent !== undefined && !isListed });
  const items = [...(older && !isListed ? [older] : []), ...(data?.items ?? [])];
  return (
    <section className={`panel ${styles.history}`} aria-label={t('commands.history')}>
      <div className="ph">
        <h2>{t('commands.history')}</h2>
      </div>
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={3} />}
      {data?.items.length === 0 && <p className="pb mut">{t('commands.none')}</p>}
      {items.map((command) => (
        <Entry key={`${command.id} ${command.id === sent}`} command={command} isSought={command.id === sent} />
      ))}
    </section>
  );
}

function Entry({ command, isSought }: { command: Command; isSought: boolean }) {
  const { t } = useTranslation();
  const maySend = useMay('commands:support');
  const cancel = useCancelCommand(command.thingName);
  const [open, setOpen] = useState(isSought);
  const bringIntoView = (element: HTMLElement | null) => {
    if (isSought) element?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className={styles.item} ref={bringIntoView} aria-current={isSought ? 'true' : undefined}>
      <div className="row wrap">
        <span className="b">{command.action}</span>
        <span className="mut">
          <Age at={command.createdAt} /> · {command.sentBy}
        </span>
      </div>
      <div className="row wrap">
        <CommandAnswer command={command} />
        {command.status === 'queued' && (
          <>
            <span className="mut">
              {t('commands.until')} <DateTime at={command.expiresAt} />
            </span>
            {maySend && (
              <button
                type="button"
                className="btn small"
                disabled={cancel.isPending}
                onClick={() => cancel.mutate(command.id)}
              >
                {t('commands.takeBack')}
              </button>
            )}
          </>
        )}
      </div>
      {cancel.isError && <ProblemNote error={cancel.error} />}
      <button type="button" className={styles.unfold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span aria-hidden="true">{open ? '▾' : '▸'}</span> {t('commands.details')}
      </button>
      {open && <CommandExchange command={command} />}
    </div>
  );
}
