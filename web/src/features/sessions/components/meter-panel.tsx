import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { chosenSeries, sessionSeries } from '../api/meter-series.ts';
import { meterValuesQuery } from '../api/session-queries.ts';
import { MeterTable } from './meter-table.tsx';

const MeterChart = lazy(() => import('./meter-chart.tsx').then((module) => ({ default: module.MeterChart })));

interface MeterPanelProps {
  id: string;
  /** The measurands that show, as they stand in the address. */
  chosen: string | undefined;
  onChoose: (chosen: string | undefined) => void;
}

/** Those that are shown first have a name; the others are called as on the wire. */
function nameOfSeries(key: string, t: TFunction): string {
  if (key === 'Energy.Active.Import.Register') return t('measurand.EnergyActiveImportRegister');
  if (key === 'Power.Active.Import') return t('measurand.PowerActiveImport');
  return key === 'SoC' ? t('measurand.SoC') : key;
}

/** The curves of a session, and every value that they are made of. */
export function MeterPanel({ id, chosen, onChoose }: MeterPanelProps) {
  const { t } = useTranslation();
  const meter = useQuery(meterValuesQuery(id));
  const all = useMemo(() => sessionSeries(meter.data ?? []), [meter.data]);
  const shown = useMemo(() => chosenSeries(all, chosen), [all, chosen]);
  const nameOf = useCallback((key: string) => nameOfSeries(key, t), [t]);
  const toggle = (key: string) => {
    const keys = shown.map((series) => series.key);
    const next = keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key];
    onChoose(next.length === 0 ? undefined : next.join(','));
  };
  return (
    <>
      <section className="panel" aria-label={t('session.chart')}>
        <div className="ph" style={{ flexWrap: 'wrap' }}>
          <h2>{t('session.chart')}</h2>
          {all.series.map(({ key }) => {
            const on = shown.some((series) => series.key === key);
            return (
              <button
                key={key}
                type="button"
                className={on ? 'chip on' : 'chip'}
                aria-pressed={on}
                onClick={() => toggle(key)}
              >
                {nameOf(key)}
              </button>
            );
          })}
        </div>
        {meter.error && <ProblemNote error={meter.error} retry={() => void meter.refetch()} />}
        {all.times.length > 1 ? (
          <Suspense fallback={<div style={{ height: 260 }} />}>
            <MeterChart times={all.times} series={shown} nameOf={nameOf} />
          </Suspense>
        ) : (
          <p className="pb mut" style={{ margin: 0 }}>
            {t('session.noMeter')}
          </p>
        )}
      </section>
      {meter.data && meter.data.length > 0 && (
        <MeterTable values={meter.data} title={t('session.meterValues', { count: meter.data.length })} />
      )}
    </>
  );
}
