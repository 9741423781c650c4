import type { ChargingReport } from '@cpo-console/shared/api/charging.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import { schedulesOf } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';
import { useTranslation } from 'react-i18next';
import { Age } from '../../../components/ui/time.tsx';
import { scheduleWords } from '../api/schedule-words.ts';

/** What the charge point told by itself: limits that others set, what cars want and how they will charge. */
export function ReportsPanel({ reports, version }: { reports: ChargingReport[]; version: OcppVersion }) {
  const { t } = useTranslation();
  const told = reports.filter(({ kind }) => kind !== 'composite-schedule');
  if (version === 'ocpp1.6' || told.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" style={{ flex: 'none' }} tabIndex={0} aria-label={t('charging.told')}>
      <div className="ph">
        <h2>{t('charging.told')}</h2>
      </div>
      <table className="plain">
        <tbody>
          {told.map((report) => (
            <tr key={`${report.kind} ${report.evseId} ${report.source}`}>
              <td className="mut" style={{ width: 110, whiteSpace: 'nowrap' }}>
                <Age at={report.at} />
              </td>
              <td style={{ whiteSpace: 'nowrap' }}>{t(`charging.report.${report.kind}`)}</td>
              <td style={{ whiteSpace: 'nowrap' }}>
                {report.evseId === 0 ? t('place.station') : `${t('place.evse')} ${report.evseId}`}
              </td>
              <td className="sub" style={{ overflowWrap: 'anywhere', minWidth: 220 }}>
                {[report.source, factsOf(report)].filter(Boolean).join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The numbers in it, in the words of the protocol. */
function factsOf({ kind, content }: ChargingReport): string {
  const schedules = schedulesOf(content)
    .map((each) => scheduleWords(each))
    .filter(Boolean);
  switch (kind) {
    case 'ev-needs':
      return flat(membersOf(content.chargingNeeds));
    case 'priority-charging':
      return flat(content);
    case 'limit':
      return [flat(membersOf(content.chargingLimit)), ...schedules].filter(Boolean).join(' · ');
    default: {
      const { evseId: _place, chargingSchedule: _schedule, ...rest } = content;
      return [...schedules, flat(rest)].filter(Boolean).join(' · ');
    }
  }
}

function flat(members: Readonly<Record<string, unknown>>): string {
  return Object.entries(members)
    .filter(([name]) => name !== 'customData' && name !== 'chargingLimitSource')
    .map(([name, value]) => {
      const isNested = typeof value === 'object' && value !== null;
      return isNested ? flat(membersOf(value)) : `${name} ${String(value)}`;
    })
    .join(', ');
}
