import type { MeterValue, SampledValue } from '@cpo-console/shared/api/transactions.ts';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';

const MOST_ROWS = 500;

interface MeterTableProps {
  values: (MeterValue & { place?: string })[];
  title: string;
}

/** Every value as the charge point sent it, the newest first. */
export function MeterTable({ values, title }: MeterTableProps) {
  const { t } = useTranslation();
  const newest = values.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const rows = newest
    .flatMap(({ at, place, samples }) => samples.map((sample) => ({ at, place, sample })))
    .slice(0, MOST_ROWS);
  const hasPlaces = rows.some(({ place }) => place !== undefined);
  return (
    <details className="panel scroll" style={{ flex: 'none' }}>
      <summary className="pb" style={{ cursor: 'pointer' }}>
        {title}
      </summary>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('session.at')}</th>
            {hasPlaces && <th>{t('session.connector')}</th>}
            <th>{t('session.measurand')}</th>
            <th className="num">{t('session.value')}</th>
            <th>{t('session.phase')}</th>
            <th>{t('session.context')}</th>
            <th>{t('session.location')}</th>
            <th>{t('session.signed')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, place, sample }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two readings may be the same in everything
            <tr key={`${at} ${index}`}>
              <td style={{ whiteSpace: 'nowrap' }}>
                <DateTime at={at} />
              </td>
              {hasPlaces && <td>{place}</td>}
              <td className="m">{sample.measurand}</td>
              <td className="num m">{valueText(sample)}</td>
              <td>{sample.phase ?? '—'}</td>
              <td>{sample.context ?? '—'}</td>
              <td>{sample.location ?? '—'}</td>
              <td>
                <Signed sample={sample} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** As it was sent: a power of ten stays one. */
function valueText({ raw, multiplier, unit, value, signed }: SampledValue): string {
  if (value === null && signed !== null) return '—';
  return `${raw}${multiplier === 0 ? '' : ` ×10^${multiplier}`} ${unit}`;
}

function Signed({ sample: { signed } }: { sample: SampledValue }) {
  const { t } = useTranslation();
  if (signed === null) return '—';
  return (
    <span className="row" style={{ gap: 6 }}>
      <Tag tone="off" icon="lock" title={signed.data}>
        {[signed.method, signed.encoding].filter(Boolean).join(' · ') || t('session.signed')}
      </Tag>
      <CopyButton text={() => JSON.stringify(signed)} />
    </span>
  );
}
