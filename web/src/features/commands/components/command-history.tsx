import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { JsonText } from '../../../components/ui/json-text.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { commandsQuery } from '../api/commands.ts';
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
        <div key={command.id} className={styles.item}>
          <div className="row wrap">
            <span className="b">{command.action}</span>
            <span className="mut">
              <Age at={command.createdAt} /> · {command.sentBy}
            </span>
          </div>
          <CommandAnswer command={command} />
          <details>
            <summary className="mut" style={{ cursor: 'pointer', padding: '3px 0' }}>
              {t('commands.details')}
            </summary>
            <span className="label">{t('messages.request')}</span>
            <JsonText value={command.payload} />
            {command.response !== undefined && (
              <>
                <span className="label">{t('messages.answer')}</span>
                <JsonText value={command.response} />
              </>
            )}
          </details>
        </div>
      ))}
    </section>
  );
}
