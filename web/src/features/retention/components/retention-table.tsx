import type { Retention, RetentionItem } from '@cpo-console/shared/api/retention.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { bytes, dateTime, number } from '../../../lib/format.ts';
import { retentionQuery, useRunRetention } from '../api/retention-queries.ts';
import { DaysField } from './days-field.tsx';

export function RetentionTable() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(retentionQuery);
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonRows />;
  return (
    <>
      <p className="sub" style={{ margin: 0 }}>
        {t('retention.explained')}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="panel scroll" tabIndex={0} aria-label={t('retention.title')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('retention.what')}</th>
              <th>{t('retention.days')}</th>
              <th className="num">{t('retention.rows')}</th>
              <th className="num">{t('retention.size')}</th>
              <th>{t('retention.oldest')}</th>
              <th>{t('retention.changed')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((item) => (
              <Row key={item.kind} item={item} nextRunAt={data.nextRunAt} />
            ))}
          </tbody>
        </table>
      </section>
      <Runs retention={data} />
    </>
  );
}

function Row({ item, nextRunAt }: { item: RetentionItem; nextRunAt: string }) {
  const { t, i18n } = useTranslation();
  const { kind, rows, oldestAt, changedAt, changedBy } = item;
  return (
    <tr>
      <td style={{ minWidth: 200 }}>
        <span className="b">{t(`retention.kind.${kind}`)}</span>
        <div className="mut">{t(`retention.hint.${kind}`)}</div>
      </td>
      <td>
        <DaysField key={item.days} item={item} nextRunAt={nextRunAt} />
      </td>
      <td className="num">{number(i18n.language, rows)}</td>
      <td className="num" style={{ whiteSpace: 'nowrap' }}>
        {item.bytes === null ? (
          <span className="mut">{t('retention.inDatabase')}</span>
        ) : (
          bytes(i18n.language, item.bytes)
        )}
      </td>
      <td style={{ whiteSpace: 'nowrap' }}>
        <DateTime at={oldestAt} />
      </td>
      <td className="sub" style={{ whiteSpace: 'nowrap' }}>
        <DateTime at={changedAt} />
        {changedBy && ` · ${changedBy}`}
      </td>
    </tr>
  );
}

function Runs({ retention }: { retention: Retention }) {
  const { t, i18n } = useTranslation();
  const run = useRunRetention();
  const { pinned, databaseBytes, lastRun, nextRunAt } = retention;
  const running = run.isPending || retention.running;
  const removed = Object.entries(lastRun?.removed ?? {})
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${t(`retention.kind.${kind as RetentionItem['kind']}`)} −${number(i18n.language, count)}`);
  return (
    <>
      <div className="row wrap">
        <button type="button" className="btn" disabled={running} onClick={() => run.mutate()}>
          {running ? t('retention.running') : t('retention.runNow')}
        </button>
        <span className="mut" role="status">
          {lastRun && (
            <>
              {t('retention.last', {
                at: dateTime(i18n.language, lastRun.at),
                what: removed.length === 0 ? t('retention.lastNothing') : removed.join(', '),
              })}
              {' · '}
            </>
          )}
          {t('retention.next', { at: dateTime(i18n.language, nextRunAt) })}
        </span>
        <span className="grow" />
        <span className="mut">{t('retention.database', { size: bytes(i18n.language, databaseBytes) })}</span>
        {pinned.rows > 0 && (
          <span className="mut">
            {t('retention.pinnedSize', {
              count: pinned.rows,
              number: number(i18n.language, pinned.rows),
              size: bytes(i18n.language, pinned.bytes),
            })}
          </span>
        )}
      </div>
      {run.error && <ProblemNote error={run.error} />}
      {lastRun?.trouble && <div className="note bad">{t('retention.trouble', { problem: lastRun.trouble })}</div>}
    </>
  );
}
