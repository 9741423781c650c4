import type { RerunDifference, RerunSource } from '@cpo-console/shared/api/replays.ts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { JsonText } from '../../../components/ui/json-text.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { dateTime, exact } from '../../../lib/format.ts';
import styles from './replay.module.css';

interface RerunDifferenceViewProps {
  difference: RerunDifference;
  source: RerunSource;
}

/** The recorded answer and today's, side by side, with what they do not have in common underlined. */
export function RerunDifferenceView({ difference, source }: RerunDifferenceViewProps) {
  const { t, i18n } = useTranslation();
  const { messageId, at, action, kind, places, recorded, today } = difference;
  const marks = places.map(({ path }) => path);
  const missing = kind === 'no-answer' ? t('rerun.noAnswer') : kind === 'closed' ? t('rerun.closed') : null;
  return (
    <section className="panel" aria-label={`${action} ${exact(at)}`}>
      <div className="ph row wrap">
        <h2>{action}</h2>
        <span className="m mut" title={exact(at)}>
          {dateTime(i18n.language, at)}
        </span>
        <span className="grow" />
        <Link
          to="/messages"
          search={{
            thingName: source.thingName,
            message: messageId,
            ...(source.importId !== null && { import: source.importId }),
          }}
        >
          {t('rerun.frame')}
        </Link>
      </div>
      <ul className="pb m" style={{ margin: 0, listStyle: 'none', overflowWrap: 'anywhere' }}>
        {places.map(({ path, recorded: was, today: is }) => (
          <li key={path}>{`${path || '/'}  ${show(was)} → ${show(is)}`}</li>
        ))}
      </ul>
      <div className={styles.sides}>
        <div>
          <div className="label">{t('rerun.recorded')}</div>
          <JsonText value={recorded} marks={marks} />
        </div>
        <div>
          <div className="label">{t('rerun.today')}</div>
          {missing === null ? (
            <JsonText value={today} marks={marks} />
          ) : (
            <Tag tone="bad" icon="cross">
              {missing}
            </Tag>
          )}
        </div>
      </div>
    </section>
  );

  function show(value: unknown): string {
    return value === undefined ? t('rerun.nothing') : JSON.stringify(value);
  }
}
