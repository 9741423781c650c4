import type { RankedViolations, ToleranceSettings } from '@cpo-console/shared/api/tolerance.ts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../../../lib/format.ts';
import { BrokenRules } from './broken-rules.tsx';
import { ToleranceChoice } from './tolerance-choice.tsx';

interface ViolationRankingProps {
  items: readonly RankedViolations[];
  settings: ToleranceSettings;
}

/** Models or charge points by what they break, the worst first. */
export function ViolationRanking({ items, settings }: ViolationRankingProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('tolerance.ranking')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('tolerance.who')}</th>
            <th>{t('tolerance.frames')}</th>
            <th>{t('tolerance.rules')}</th>
            <th>{t('tolerance.title')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Ranked key={item.thingName ?? `${item.vendorName} ${item.model}`} item={item} settings={settings} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Ranked({ item, settings }: { item: RankedViolations; settings: ToleranceSettings }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const { thingName, chargePoints, frames, rules } = item;
  const model = [item.vendorName, item.model].filter(Boolean).join(' ') || t('tolerance.unknownModel');
  return (
    <>
      <tr>
        <td>
          {thingName === null ? (
            <span className="b">{model}</span>
          ) : (
            <Link to="/charge-points/$name" params={{ name: thingName }} className="b">
              {thingName}
            </Link>
          )}{' '}
          <span className="mut">
            {thingName === null
              ? t('list.shown', { count: chargePoints, number: number(i18n.language, chargePoints) })
              : model}
          </span>
        </td>
        <td className="m">{number(i18n.language, frames)}</td>
        <td>
          <button type="button" className="btn quiet small" aria-expanded={open} onClick={() => setOpen(!open)}>
            <span aria-hidden="true">{open ? '▾' : '▸'}</span> {t('tolerance.ruleCount', { count: rules.length })}
          </button>
        </td>
        <td>
          <Own item={item} model={model} settings={settings} />
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={4}>
            <BrokenRules rules={rules} />
          </td>
        </tr>
      )}
    </>
  );
}

function Own({ item, model, settings }: { item: RankedViolations; model: string; settings: ToleranceSettings }) {
  const { thingName, vendorName, model: modelName } = item;
  const ofModel = settings.models.find(
    (each) => each.vendorName === (vendorName ?? '') && each.model === (modelName ?? ''),
  );
  if (thingName === null) {
    if (vendorName === null && modelName === null) return null;
    return (
      <ToleranceChoice
        whose={model}
        own={ofModel?.mode ?? null}
        inherited={settings.fleet}
        toChanges={(mode) => ({ models: [{ vendorName: vendorName ?? '', model: modelName ?? '', mode }] })}
      />
    );
  }
  return (
    <ToleranceChoice
      whose={thingName}
      own={settings.chargePoints.find((each) => each.thingName === thingName)?.mode ?? null}
      inherited={ofModel?.mode ?? settings.fleet}
      toChanges={(mode) => ({ chargePoints: [{ thingName, mode }] })}
    />
  );
}
