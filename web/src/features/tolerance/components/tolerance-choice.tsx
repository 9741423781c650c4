import type { Tolerance, ToleranceChanges } from '@cpo-console/shared/api/tolerance.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { useChangeTolerance } from '../api/tolerance.ts';

interface ToleranceChoiceProps {
  /** Whom it is set for, in words. */
  whose: string;
  /** null: nothing of its own. */
  own: Tolerance | null;
  /** What it takes over without a setting of its own; null where there is nothing to take over. */
  inherited: Tolerance | null;
  toChanges: (mode: Tolerance | null) => ToleranceChanges;
}

/** Strict, lenient, or as the next wider setting says. Strict asks first: it can silence a charge point. */
export function ToleranceChoice({ whose, own, inherited, toChanges }: ToleranceChoiceProps) {
  const { t } = useTranslation();
  const mayChange = useMay('things:configure');
  const change = useChangeTolerance();
  const [asking, setAsking] = useState(false);
  const set = (mode: Tolerance | null) => {
    setAsking(false);
    change.mutate(toChanges(mode));
  };
  return (
    <>
      <select
        className="in"
        style={{ width: 'auto' }}
        aria-label={t('tolerance.of', { whose })}
        disabled={!mayChange || change.isPending}
        value={own ?? ''}
        onChange={({ target: { value } }) => {
          if (value === 'strict') setAsking(true);
          else set(value === '' ? null : (value as Tolerance));
        }}
      >
        {inherited !== null && (
          <option value="">{t('tolerance.inherited', { mode: t(`tolerance.mode.${inherited}`) })}</option>
        )}
        <option value="lenient">{t('tolerance.mode.lenient')}</option>
        <option value="strict">{t('tolerance.mode.strict')}</option>
      </select>
      {change.isError && <ProblemNote error={change.error} />}
      <ConfirmDialog
        open={asking}
        title={t('tolerance.confirmTitle', { whose })}
        confirmLabel={t('tolerance.confirm')}
        onConfirm={() => set('strict')}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>{t('tolerance.effect')}</p>
      </ConfirmDialog>
    </>
  );
}
