import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { useTranslation } from 'react-i18next';
import type { PeriodFields } from '../api/profile-fields.ts';
import styles from './smart-charging.module.css';

interface PeriodRowsProps {
  periods: PeriodFields[];
  unit: RateUnit;
  wrong: (path: string) => string | undefined;
  onChange: (periods: PeriodFields[]) => void;
}

export function PeriodRows({ periods, unit, wrong, onChange }: PeriodRowsProps) {
  const { t } = useTranslation();
  const change = (key: number, patch: Partial<PeriodFields>) =>
    onChange(periods.map((period) => (period.key === key ? { ...period, ...patch } : period)));
  const add = () => {
    const last = periods.at(-1);
    const key = Math.max(0, ...periods.map((period) => period.key)) + 1;
    onChange([...periods, { key, start: '', limit: last?.limit ?? '16', phases: last?.phases ?? '' }]);
  };
  return (
    <section aria-label={t('charging.periods')}>
      <table className={`plain ${styles.periods}`}>
        <thead>
          <tr>
            <th>{t('charging.periodStart')}</th>
            <th>{t('charging.periodLimit', { unit })}</th>
            <th>{t('charging.phases')}</th>
            <th aria-label={t('access.actions')} />
          </tr>
        </thead>
        <tbody>
          {periods.map(({ key, start, limit, phases }, index) => {
            const [startWrong, limitWrong] = [wrong(`/periods/${index}/start`), wrong(`/periods/${index}/limit`)];
            return (
              <tr key={key}>
                <td>
                  <span className="field">
                    <input
                      className="in"
                      aria-label={t('charging.periodStartOf', { number: index + 1 })}
                      value={start}
                      placeholder="7:30"
                      aria-invalid={startWrong !== undefined}
                      onChange={(event) => change(key, { start: event.target.value })}
                    />
                    <span className="wrong">{startWrong}</span>
                  </span>
                </td>
                <td>
                  <span className="field">
                    <input
                      className="in"
                      inputMode="decimal"
                      aria-label={t('charging.periodLimitOf', { number: index + 1 })}
                      value={limit}
                      aria-invalid={limitWrong !== undefined}
                      onChange={(event) => change(key, { limit: event.target.value })}
                    />
                    <span className="wrong">{limitWrong}</span>
                  </span>
                </td>
                <td>
                  <select
                    className="in"
                    aria-label={t('charging.phasesOf', { number: index + 1 })}
                    value={phases}
                    onChange={(event) => change(key, { phases: event.target.value as PeriodFields['phases'] })}
                  >
                    {(['', '1', '2', '3'] as const).map((each) => (
                      <option key={each} value={each}>
                        {each === '' ? '—' : each}
                      </option>
                    ))}
                  </select>
                </td>
                <td className="num">
                  <button
                    type="button"
                    className="btn small"
                    disabled={periods.length === 1}
                    onClick={() => onChange(periods.filter((period) => period.key !== key))}
                  >
                    {t('charging.removePeriod')}
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className="row" style={{ marginTop: 6 }}>
        <button type="button" className="btn small" onClick={add}>
          {t('charging.addPeriod')}
        </button>
        {wrong('/periods') && <span className="wrong">{wrong('/periods')}</span>}
      </div>
    </section>
  );
}
