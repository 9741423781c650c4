import type { MeterValue } from '@cpo-console/shared/api/contracts.ts';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../../components/ui/time.tsx';

const MOST_ROWS = 200;

export function MeterTable({ values }: { values: MeterValue[] }) {
  const { t } = useTranslation();
  const newest = values.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MOST_ROWS);
  return (
    <details className="panel">
      <summary className="pb" style={{ cursor: 'pointer' }}>
        {t('session.meterValues', { count: values.length })}
      </summary>
      <table className="plain">
        <tbody>
          {newest.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two readings may carry the same time
            <tr key={`${value.at} ${index}`}>
              <td style={{ whiteSpace: 'nowrap', verticalAlign: 'top' }}>
                <DateTime at={value.at} />
              </td>
              <td className="m">
                {value.samples
                  .map((sample) => [sample.measurand, sample.phase, sample.raw, sample.unit].filter(Boolean).join(' '))
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
