import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import type { Segment } from '@cpo-console/shared/smart-charging/composite-schedule.ts';
import { useTranslation } from 'react-i18next';
import { number, weekdayAndHour } from '../../../lib/format.ts';
import styles from './smart-charging.module.css';

const MOST_ROWS = 12;

/** The chart in words: from when to when, how much, and which profile says so. */
export function WinnerTable({ segments, unit }: { segments: Segment[]; unit: RateUnit }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const amount = (limit: number | null): string => {
    if (limit === null) return t('charging.otherwise');
    return unit === 'A' ? `${number(language, limit, 1)} A` : `${number(language, limit / 1000, 1)} kW`;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className={styles.winners} tabIndex={0} aria-label={t('charging.setBy')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('charging.when')}</th>
            <th>{t('charging.limit')}</th>
            <th>{t('charging.setBy')}</th>
            <th>{t('charging.others')}</th>
          </tr>
        </thead>
        <tbody>
          {segments.slice(0, MOST_ROWS).map(({ from, to, limit, winner, purposes }) => (
            <tr key={from}>
              <td style={{ whiteSpace: 'nowrap' }}>
                {weekdayAndHour(language, from)} – {weekdayAndHour(language, to)}
              </td>
              <td className="b" style={{ whiteSpace: 'nowrap' }}>
                {limit === null && winner === null ? t('charging.unlimited') : amount(limit)}
              </td>
              <td>
                {winner === null ? (
                  <span className="mut">—</span>
                ) : (
                  `#${winner} ${purposes.find(({ profileId }) => profileId === winner)?.purpose ?? ''}`
                )}
              </td>
              <td className="sub">
                {purposes
                  .filter(({ profileId }) => profileId !== winner)
                  .map(({ profileId, purpose, limit: allowed }) => {
                    const more = purpose === 'LocalGeneration' ? '+' : '';
                    return `#${profileId} ${purpose} ${more}${amount(allowed)}`;
                  })
                  .join(' · ')}
              </td>
            </tr>
          ))}
          {segments.length > MOST_ROWS && (
            <tr>
              <td colSpan={4} className="mut">
                {t('charging.moreChanges', { count: segments.length - MOST_ROWS })}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
