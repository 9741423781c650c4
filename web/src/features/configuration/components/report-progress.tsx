import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { useNow } from '../../../lib/use-now.ts';
import { reportsQuery } from '../api/configuration-queries.ts';

/** A part that has not come by then will not. */
const GIVEN_UP_AFTER_MS = 60_000;
const REFUSED = /Rejected|NotSupported|EmptyResultSet/;

/** How far the newest report of the device model has come. */
export function ReportProgress({ thingName }: { thingName: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const { data: reports } = useQuery(reportsQuery(thingName));
  const report = reports?.[0];
  if (report === undefined || (report.answer !== null && REFUSED.test(report.answer))) return null;
  const { parts, variables, complete, intact, updatedAt } = report;
  const kind = t(`configuration.report.${report.kind ?? 'unasked'}` as 'configuration.report.unasked', {
    defaultValue: report.kind ?? '',
  });
  if (!complete) {
    const isLate = now - Date.parse(updatedAt) > GIVEN_UP_AFTER_MS;
    return (
      <span role="status">
        <Tag tone="warn" icon={isLate ? 'triangle' : 'half'}>
          {t(isLate ? 'configuration.reportStuck' : 'configuration.reportComing', { kind, parts, count: variables })}
        </Tag>
      </span>
    );
  }
  return (
    <span className="row" style={{ gap: 8 }} role="status">
      <Tag tone={intact ? 'ok' : 'warn'} icon={intact ? 'check' : 'triangle'}>
        {t(intact ? 'configuration.reportDone' : 'configuration.reportGap', { kind, parts, count: variables })}
      </Tag>
      <span className="sub">
        <Age at={updatedAt} />
      </span>
    </span>
  );
}
