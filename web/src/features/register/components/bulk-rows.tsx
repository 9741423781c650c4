import type { ThingImport } from '@cpo-console/shared/api/things.ts';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';

const MOST_ROWS = 500;

/** What becomes, or became, of each row. Those with a fault come first: they are what is to be done. */
export function BulkRows({ result: { preview, created, failed, rows } }: { result: ThingImport }) {
  const { t } = useTranslation();
  const sorted = rows.toSorted((a, b) => Number(a.ok) - Number(b.ok));
  return (
    <>
      <div className={`note ${failed > 0 ? 'care' : 'good'}`} role="status">
        {preview
          ? t('register.checked', { good: rows.length - failed, bad: failed })
          : t('register.imported', { good: created, bad: failed })}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="panel scroll" style={{ maxHeight: 320 }} tabIndex={0} aria-label={t('register.rows')}>
        <table className="plain">
          <thead>
            <tr>
              <th className="num">{t('register.line')}</th>
              <th>{t('register.name')}</th>
              <th>{t('messages.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, MOST_ROWS).map(({ line, thingName, ok, message }) => (
              <tr key={line}>
                <td className="mut num">{line}</td>
                <td className="m">{thingName || '—'}</td>
                <td>
                  <Tag tone={ok ? 'ok' : 'bad'} icon={ok ? 'check' : 'cross'}>
                    {ok ? t(preview ? 'register.good' : 'register.done') : message}
                  </Tag>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > MOST_ROWS && (
        <span className="mut">{t('register.moreRows', { count: rows.length - MOST_ROWS })}</span>
      )}
    </>
  );
}
