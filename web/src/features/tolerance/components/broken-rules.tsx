import type { BrokenRule } from '@cpo-console/shared/api/tolerance.ts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { number } from '../../../lib/format.ts';

/** Which rules, where in which message, how often, and the frames that say so. */
export function BrokenRules({ rules }: { rules: readonly BrokenRule[] }) {
  const { t, i18n } = useTranslation();
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }} className="stack">
      {rules.map((rule) => {
        const { action, path, message, frames, lastThingName: thingName } = rule;
        return (
          <li key={`${action} ${path} ${rule.rule} ${message}`} className="row wrap" style={{ gap: 8 }}>
            <span className="b">{action ?? '—'}</span>
            <span className="m">{path || '/'}</span>
            <span>{message}</span>
            <span className="mut">
              {t('tolerance.inFrames', { count: frames, number: number(i18n.language, frames) })}
            </span>
            <Link to="/messages" search={{ thingName, message: rule.lastMessageId }}>
              {t('tolerance.lastFrame')}
            </Link>
            <Link to="/messages" search={{ thingName, violation: 'true', ...(action !== null && { action }) }}>
              {t('tolerance.framesOf', { name: thingName })}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
