import type { ToleranceSettings } from '@cpo-console/shared/api/tolerance.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { RANGES, RANKED_BY, type Range, type RankedBy, toleranceQuery, violationsQuery } from '../api/tolerance.ts';
import { ToleranceChoice } from './tolerance-choice.tsx';
import { ViolationRanking } from './violation-ranking.tsx';

interface ToleranceViewProps {
  by: RankedBy;
  range: Range;
  onChange: (change: { by?: RankedBy; range?: Range }) => void;
}

/** How strictly frames are taken, and who breaks which rules. */
export function ToleranceView({ by, range, onChange }: ToleranceViewProps) {
  const { t } = useTranslation();
  const settings = useQuery(toleranceQuery);
  const ranking = useQuery(violationsQuery(by, range));
  const { error } = settings;
  if (error) return <ProblemNote error={error} retry={() => void settings.refetch()} />;
  if (!settings.data) return <SkeletonRows />;
  return (
    <>
      <h1>{t('tolerance.title')}</h1>
      <section className="panel pb stack" aria-label={t('tolerance.fleet')}>
        <div className="row wrap">
          <span className="b">{t('tolerance.fleet')}</span>
          <ToleranceChoice
            whose={t('tolerance.fleet')}
            own={settings.data.fleet}
            inherited={null}
            toChanges={(fleet) => (fleet === null ? {} : { fleet })}
          />
        </div>
        <p className="sub" style={{ margin: 0 }}>
          {t('tolerance.explained')}
        </p>
      </section>
      <OwnSettings settings={settings.data} />
      <div className="row wrap">
        <h2>{t('tolerance.ranking')}</h2>
        {RANKED_BY.map((each) => (
          <button
            key={each}
            type="button"
            className={`chip ${each === by ? 'on' : ''}`}
            aria-pressed={each === by}
            onClick={() => onChange({ by: each })}
          >
            {t(`tolerance.by.${each}`)}
          </button>
        ))}
        <span className="grow" />
        {RANGES.map((each) => (
          <button
            key={each}
            type="button"
            className={`chip ${each === range ? 'on' : ''}`}
            aria-pressed={each === range}
            onClick={() => onChange({ range: each })}
          >
            {t(`tolerance.range.${each}`)}
          </button>
        ))}
      </div>
      {ranking.error && <ProblemNote error={ranking.error} retry={() => void ranking.refetch()} />}
      {ranking.isPending && <SkeletonRows />}
      {ranking.data && !ranking.data.complete && (
        <div className="note care">
          {t('tolerance.cut')} <DateTime at={ranking.data.from} />
        </div>
      )}
      {ranking.data?.items.length === 0 && (
        <div className="panel empty">
          <h2>{t('tolerance.none')}</h2>
          <p>{t('tolerance.noneHint')}</p>
        </div>
      )}
      {ranking.data && ranking.data.items.length > 0 && (
        <ViolationRanking items={ranking.data.items} settings={settings.data} />
      )}
    </>
  );
}

/** Settings of models and charge points, also of those that break nothing just now. */
function OwnSettings({ settings }: { settings: ToleranceSettings }) {
  const { t } = useTranslation();
  const { fleet, models, chargePoints } = settings;
  if (models.length + chargePoints.length === 0) return null;
  return (
    <section className="panel pb stack" aria-label={t('tolerance.own')}>
      <span className="b">{t('tolerance.own')}</span>
      {models.map(({ vendorName, model, mode }) => (
        <div key={`${vendorName} ${model}`} className="row wrap">
          <span>{`${vendorName} ${model}`.trim()}</span>
          <ToleranceChoice
            whose={`${vendorName} ${model}`.trim()}
            own={mode}
            inherited={fleet}
            toChanges={(next) => ({ models: [{ vendorName, model, mode: next }] })}
          />
        </div>
      ))}
      {chargePoints.map(({ thingName, mode }) => (
        <div key={thingName} className="row wrap">
          <span>{thingName}</span>
          <ToleranceChoice
            whose={thingName}
            own={mode}
            inherited={fleet}
            toChanges={(next) => ({ chargePoints: [{ thingName, mode: next }] })}
          />
        </div>
      ))}
    </section>
  );
}
