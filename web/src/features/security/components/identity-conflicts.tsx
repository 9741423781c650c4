import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';

/** Times at which its name was used twice, among what happened last; nothing when there were none. */
export function IdentityConflicts({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const conflicts = thing.state.recentEvents.filter(({ name }) => name === 'identity-conflict').reverse();
  if (conflicts.length === 0) return null;
  return (
    <section className="panel" aria-label={t('security.conflicts')}>
      <div className="ph">
        <h2>{t('security.conflicts')}</h2>
        <Tag tone="warn" icon="triangle">
          {conflicts.length}
        </Tag>
      </div>
      <div className="pb stack">
        <span className="sub">{t('security.conflictsHint')}</span>
      </div>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('security.received')}</th>
            <th>{t('security.conflictFrom')}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map(({ at, detail }) => (
            <tr key={at}>
              <td className="sub" style={{ whiteSpace: 'nowrap' }}>
                <DateTime at={new Date(at).toISOString()} />
              </td>
              <td className="m" style={{ overflowWrap: 'anywhere' }}>
                {detail}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
