import type { AuditEntry } from '@cpo-console/shared/api/audit.ts';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';

interface AuditTableProps {
  entries: readonly AuditEntry[];
  onActor: (actor: string) => void;
}

const FIRST_ERROR = 400;

export function AuditTable({ entries, onActor }: AuditTableProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('audit.title')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('audit.at')}</th>
            <th>{t('audit.outcome')}</th>
            <th>{t('audit.actor')}</th>
            <th>{t('audit.what')}</th>
            <th>{t('audit.request')}</th>
            <th>{t('audit.address')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td style={{ whiteSpace: 'nowrap' }}>
                <DateTime at={entry.at} />
              </td>
              <td>
                <Outcome status={entry.status} />
              </td>
              <td>
                <button type="button" className="chip" onClick={() => onActor(entry.actor)}>
                  {entry.actor}
                </button>{' '}
                <span className="sub">{entry.role ?? t('audit.notSignedIn')}</span>
              </td>
              <td>{entry.what}</td>
              <td className="m">
                {entry.method} {entry.path}
                <div className="sub">
                  {Object.entries(entry.details)
                    .map(([name, value]) => `${name}: ${value}`)
                    .join(' · ')}
                </div>
              </td>
              <td className="m">{entry.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Outcome({ status }: { status: number }) {
  const { t } = useTranslation();
  const done = status < FIRST_ERROR;
  return (
    <Tag tone={done ? 'ok' : 'bad'} icon={done ? 'check' : 'cross'}>
      {t(done ? 'audit.done' : 'audit.refused')} {status}
    </Tag>
  );
}
