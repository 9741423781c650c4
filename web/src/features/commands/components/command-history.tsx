import type { Command } from '@cpo-console/shared/api/commands.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Age, DateTime } from '../../../components/ui/time.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { commandsQuery, useCancelCommand } from '../api/commands.ts';
import { CommandExchange } from './command-exchange.tsx';
import styles from './commands.module.css';

export function CommandHistory({ thingName }: { thingName: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(commandsQuery(thingName));
  return (
    <section className={`panel ${styles.history}`} aria-label={t('commands.history')}>
      <div className="ph">
        <h2>{t('commands.history')}</h2>
      </div>
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={3} />}
      {data?.items.length === 0 && <p className="pb mut">{t('commands.none')}</p>}
      {data?.items.map((command) => (
        <Entry key={command.id} command={command} />
      ))}
    </section>
  );
}

function Entry({ command }: { command: Command }) {
  const { t } = useTranslation();
  const maySend = useMay('commands:support');
  const cancel = useCancelCommand(command.thingName);
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.item}>
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
