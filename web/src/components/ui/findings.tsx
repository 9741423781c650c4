import type { FindingView } from '@cpo-console/shared/api/log.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type FindingRange, findingsQuery } from '../../lib/finding-queries.ts';
import { dateTime, duration, number } from '../../lib/format.ts';
import { ProblemNote } from './problem-note.tsx';
import { Tag } from './tag.tsx';

interface FindingsProps {
  range: FindingRange;
  /** To the message that says so. */
  onMessage: (id: string) => void;
}

const OF_SECONDS = new Set(['heartbeat-gap', 'clock-skew', 'zero-energy']);

/** What looks wrong in a range, folded to one line until somebody wants to know. */
export function Findings({ range, onMessage }: FindingsProps) {
  const { t, i18n } = useTranslation();
  const { data, error } = useQuery(findingsQuery(range));
  if (error) return <ProblemNote error={error} />;
  if (!data || data.items.length === 0) return null;
  return (
    <details className="panel">
      <summary className="pb" style={{ padding: '8px 14px', cursor: 'pointer' }}>
        <b>{t('findings.title', { count: data.items.length })}</b>{' '}
        <span className="mut">{[...new Set(data.items.map(({ rule }) => nameOf(rule)))].join(' · ')}</span>
      </summary>
      <ul style={{ margin: 0, padding: '0 14px 10px', listStyle: 'none', maxHeight: 220, overflow: 'auto' }}>
        {data.items.map((finding) => (
          <li key={`${finding.rule} ${finding.subject} ${finding.messageIds[0]}`} className="row wrap">
            <button
              type="button"
              className="row wrap link"
              style={{ textAlign: 'left', color: 'inherit' }}
              onClick={() => finding.messageIds[0] && onMessage(finding.messageIds[0])}
            >
              <Tag tone={finding.severity} icon="triangle">
                {nameOf(finding.rule)}
              </Tag>
              <span className="m mut">{dateTime(i18n.language, finding.from)}</span>
              <span>{explain(finding)}</span>
            </button>
            <Frames ids={finding.messageIds} onMessage={onMessage} />
          </li>
        ))}
      </ul>
      {data.cutAt !== null && (
        <p className="pb mut">{t('findings.cut', { at: dateTime(i18n.language, data.cutAt) })}</p>
      )}
    </details>
  );

  function nameOf(rule: string): string {
    return t(`findings.${rule as 'boot-loop'}`, { defaultValue: rule });
  }

  function explain({ rule, count, subject }: FindingView): string {
    const much = OF_SECONDS.has(rule) ? duration(Math.abs(count) * 1_000) : number(i18n.language, count);
    return t(`findings.why.${rule as 'boot-loop'}`, { much, subject, defaultValue: `${subject} ${much}` });
  }
}

/** The messages that say so, one by one. */
function Frames({ ids, onMessage }: { ids: string[]; onMessage: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <span className="row" style={{ gap: 2 }}>
      {ids.map((id, index) => (
        <button
          key={id}
          type="button"
          className="btn quiet small"
          aria-label={t('findings.frame', { n: index + 1, count: ids.length })}
          onClick={() => onMessage(id)}
        >
          {index + 1}
        </button>
      ))}
    </span>
  );
}
