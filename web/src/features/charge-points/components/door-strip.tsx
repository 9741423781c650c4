import type { DoorEntry } from '@cpo-console/shared/api/things.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { api } from '../../../lib/api-client.ts';
import { number } from '../../../lib/format.ts';
import { useMay } from '../../../lib/permissions.ts';
import { doorQuery } from '../../../lib/thing-queries.ts';
import { keys } from '../../../live/query-keys.ts';
import styles from './door-strip.module.css';

/** Charge points that tried to connect and were refused: who, from where, how often, why, and what to do about it. */
export function DoorStrip({ onRegister }: { onRegister: (thingName: string) => void }) {
  const { t } = useTranslation();
  const { data: door = [] } = useQuery(doorQuery);
  const [all, setAll] = useState(false);
  if (door.length === 0) return null;
  const shown = all ? door : door.slice(0, 1);
  return (
    <section className={styles.door} aria-label={t('door.label')}>
      {shown.map((entry, index) => (
        <DoorRow key={`${entry.thingName} ${entry.reason}`} entry={entry} onRegister={onRegister}>
          {index === 0 && door.length > 1 && (
            <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t('door.fewer') : t('door.more', { count: door.length - 1 })}
            </button>
          )}
        </DoorRow>
      ))}
    </section>
  );
}

interface DoorRowProps {
  entry: DoorEntry;
  onRegister: (thingName: string) => void;
  children: ReactNode;
}

function DoorRow({ entry, onRegister, children }: DoorRowProps) {
  const { t, i18n } = useTranslation();
  const mayRegister = useMay('things:register');
  const client = useQueryClient();
  const dismiss = useMutation({
    mutationFn: () => api.delete(`/door/${encodeURIComponent(entry.thingName)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.door }),
  });
  return (
    <div className={styles.row}>
      <Tag tone="warn" icon="lock">
        {t('door.at')}
      </Tag>
      <b className="cut">{entry.thingName}</b>
      <span className="sub">
        {t('door.from', { address: entry.remoteAddress, tries: number(i18n.language, entry.tries) })} ·{' '}
        {t(`refusal.${entry.reason}`)} · <Age at={entry.lastAt} />
      </span>
      <span className="grow" />
      {children}
      {mayRegister && (
        <button type="button" className="btn quiet small" onClick={() => dismiss.mutate()}>
          {t('door.dismiss')}
        </button>
      )}
      {mayRegister && entry.reason === 'not-registered' && (
        <button type="button" className="btn" onClick={() => onRegister(entry.thingName)}>
          {t('door.register', { name: entry.thingName })}
        </button>
      )}
    </div>
  );
}
