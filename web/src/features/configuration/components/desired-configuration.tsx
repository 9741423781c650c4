import type { DesiredRule } from '@cpo-console/shared/api/configuration.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { thingsQuery } from '../../../lib/thing-queries.ts';
import { type NewRule, rulesQuery } from '../api/desired-queries.ts';
import { componentLabel, variableLabel } from '../api/variable-groups.ts';
import { FleetBootPolicy } from './fleet-boot-policy.tsx';
import { OutOfStep } from './out-of-step.tsx';
import { type EditedRule, RuleDialog } from './rule-dialog.tsx';

const NEW_RULE: NewRule = {
  scope: 'fleet',
  target: null,
  component: null,
  variable: { name: '', instance: null },
  attribute: 'Actual',
  value: '',
  applyOnBoot: false,
};

/** How the fleet is to be configured, and who is not. */
export function DesiredConfiguration() {
  const { t } = useTranslation();
  const may = useMay('things:configure');
  const [edited, setEdited] = useState<EditedRule | null>(null);
  const query = useInfiniteQuery(rulesQuery);
  const { data: things = [] } = useQuery(thingsQuery);
  const tags = useMemo(() => [...new Set(things.flatMap((thing) => thing.tags))].sort(), [things]);
  const rules = query.data?.pages.flatMap((page) => page.items) ?? [];
  const add = may && (
    <button
      type="button"
      className="btn p"
      onClick={() => setEdited({ id: null, rule: NEW_RULE, placeIsGiven: false })}
    >
      {t('desired.add')}
    </button>
  );
  return (
    <>
      <div className="row">
        <h1>{t('desired.title')}</h1>
        <span className="grow" />
        {add}
      </div>
      <FleetBootPolicy />
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && (
        <div className="panel">
          <SkeletonRows />
        </div>
      )}
      {query.data && rules.length === 0 && (
        <div className="panel empty">
          <h2>{t('desired.empty')}</h2>
          <p>{t('desired.emptyHint')}</p>
          <p>{t('desired.intro')}</p>
        </div>
      )}
      {rules.length > 0 && (
        <RuleTable
          rules={rules}
          onEdit={may ? (rule) => setEdited({ id: rule.id, rule: written(rule), placeIsGiven: false }) : null}
        />
      )}
      {query.hasNextPage && (
        <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
          {t('action.more')}
        </button>
      )}
      {rules.length > 0 && <OutOfStep />}
      <RuleDialog edited={edited} tags={tags} onClose={() => setEdited(null)} />
    </>
  );
}

const written = ({ scope, target, component, variable, attribute, value, applyOnBoot }: DesiredRule): NewRule => ({
  scope,
  target,
  component,
  variable,
  attribute,
  value,
  applyOnBoot,
});

function RuleTable({ rules, onEdit }: { rules: DesiredRule[]; onEdit: ((rule: DesiredRule) => void) | null }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-label={t('desired.rules')}>
      <div className="ph">
        <h2>{t('desired.rules')}</h2>
      </div>
      <p className="sub" style={{ margin: '8px 14px' }}>
        {t('desired.intro')}
      </p>
      <div className="scroll">
        <table className="plain">
          <thead>
            <tr>
              <th>{t('desired.who')}</th>
              <th>{t('configuration.variable')}</th>
              <th>{t('desired.value')}</th>
              <th>{t('desired.how')}</th>
              <th>{t('desired.changed')}</th>
              <th aria-label={t('access.actions')} />
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={rule.id}>
                <td>
                  {rule.scope === 'thing'
                    ? rule.target
                    : t(`desired.from.${rule.scope}`, { target: rule.target ?? '' })}
                </td>
                <td className="b">{[componentLabel(rule), variableLabel(rule)].filter(Boolean).join(' · ')}</td>
                <td className="m">{rule.value === '' ? t('configuration.emptyValue') : rule.value}</td>
                <td>{rule.applyOnBoot ? t('desired.onBootShort') : t('desired.byHand')}</td>
                <td className="sub">
                  <DateTime at={rule.updatedAt} /> · {rule.updatedBy}
                </td>
                <td className="num">
                  {onEdit && (
                    <button type="button" className="btn small" onClick={() => onEdit(rule)}>
                      {t('action.edit')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
