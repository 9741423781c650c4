import type { ChargingProfile } from '@cpo-console/shared/api/charging.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { compositeSchedule } from '@cpo-console/shared/smart-charging/composite-schedule.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../lib/use-now.ts';
import { notDrawn } from '../api/beyond-limits.ts';
import { measuredQuery, sessionAt } from '../api/charging.ts';
import { type ChosenSchedules, compositeSteps, measuredPower, placed, VOLTS } from '../api/outlook.ts';
import { ScheduleChart } from './schedule-chart.tsx';
import { WinnerTable } from './winner-table.tsx';

const MINUTE_MS = 60_000;

interface OutlookProps {
  thing: Thing;
  profiles: ChargingProfile[];
  chosen: ChosenSchedules;
  composite: Parameters<typeof compositeSteps>[0];
  /** OCPP 2.1: of the session that runs. */
  hasPriority: boolean;
  look: { place: number; unit: RateUnit; version: OcppVersion; spanMs: number };
}

/** What holds from now on, with what was measured shortly before. */
export function Outlook({ thing, profiles, chosen, composite, hasPriority, look }: OutlookProps) {
  const { t } = useTranslation();
  const { place, unit, version, spanMs } = look;
  // To the minute: a chart that moves every second is of no use to anyone.
  const now = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  const session = place === 0 ? undefined : sessionAt(thing, place);
  const { data: values } = useQuery(measuredQuery(thing.thingName, session?.transactionId ?? null));
  const isRunning = session !== undefined;
  const startedAt = session?.startedAt ?? now;
  const transactionId = session?.transactionId ?? null;
  const segments = useMemo(() => {
    const from = isRunning ? Math.max(startedAt, now - spanMs / 4) : now;
    const assumed = place === 0 ? null : { transactionId: transactionId ?? '', startedAt };
    const span = { from, to: now + spanMs };
    const situation = { version, place, unit, volts: VOLTS, ...span, session: assumed, priority: hasPriority };
    return compositeSchedule(placed(profiles, chosen), situation);
  }, [profiles, chosen, now, place, unit, version, spanMs, isRunning, startedAt, transactionId, hasPriority]);
  const measured = useMemo(() => measuredPower(values ?? [], unit), [values, unit]);
  const beyond = profiles.flatMap(({ profileId: id, profile }) => {
    const names = notDrawn(profile, chosen.get(id));
    return names.length > 0 ? [{ id, names }] : [];
  });
  const title =
    place === 0
      ? t('charging.outlookStation')
      : t('charging.outlook', { place: `${version === 'ocpp1.6' ? t('place.connector') : t('place.evse')} ${place}` });
  return (
    <section className="panel" aria-label={title}>
      <div className="ph">
        <h2>{title}</h2>
        <span className="sub">
          {place !== 0 && (isRunning ? t('charging.forSession', { id: transactionId }) : t('charging.forNext'))}
        </span>
      </div>
      {beyond.length > 0 && (
        <div className="note info" style={{ margin: '8px 12px 0' }}>
          {beyond.map(({ id, names }) => (
            <div key={id}>{t('charging.notDrawn', { id, names: names.join(', ') })}</div>
          ))}
        </div>
      )}
      <ScheduleChart
        segments={segments}
        composite={compositeSteps(composite, unit)}
        measured={measured}
        unit={unit}
        now={now}
        label={title}
      />
      <WinnerTable segments={segments} unit={unit} />
    </section>
  );
}
