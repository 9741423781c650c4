import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { outsideReadingsQuery } from '../api/session-queries.ts';
import { MeterTable } from './meter-table.tsx';

/** What the meters of a charge point say while nothing charges. */
export function OutsideReadings({ thingName }: { thingName: string }) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(outsideReadingsQuery(thingName));
  if (data.length === 0) return null;
  const values = data.map((reading) => ({
    ...reading,
    place: [reading.evseId, reading.connectorId].filter((part) => part !== null).join('.'),
  }));
  return <MeterTable values={values} title={t('session.outside', { count: data.length })} />;
}
