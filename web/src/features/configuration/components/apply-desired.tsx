import type { Drift } from '@cpo-console/shared/api/configuration.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { isOpen, useApplyDesired } from '../api/desired-queries.ts';
import type { Drafts } from '../api/use-drafts.ts';
import { componentLabel, placeKey, variableLabel } from '../api/variable-groups.ts';
import styles from './configuration.module.css';

interface ApplyDesiredProps {
  thing: Thing;
  drifts: readonly Drift[];
  drafts: Drafts;
}

/** Sets what is not as wanted, after one more look at it. Each result shows beside its variable. */
export function ApplyDesired({ thing, drifts, drafts }: ApplyDesiredProps) {
  const { t } = useTranslation();
  const may = useMay('things:configure');
  const [asking, setAsking] = useState(false);
  const apply = useApplyDesired(thing.thingName);
  const open = drifts.filter(isOpen);
  if (!may || open.length === 0) return null;
  const count = open.length;
  return (
    <>
      <button
        type="button"
        className="btn"
        disabled={!thing.connected || apply.isPending}
        onClick={() => setAsking(true)}
      >
        {t('desired.apply', { count })}
      </button>
      {apply.isError && <ProblemNote error={apply.error} />}
      <ConfirmDialog
        open={asking}
        title={t('configuration.confirmTitle', { count, name: thing.thingName })}
        confirmLabel={t('configuration.confirm', { count })}
        onConfirm={() => {
          setAsking(false);
          apply.mutate(undefined, { onSuccess: drafts.settle });
        }}
        onClose={() => setAsking(false)}
      >
        <ul className={styles.changes}>
          {open.map((drift) => (
            <li key={placeKey(drift)}>
              <div className="b">{[componentLabel(drift), variableLabel(drift)].filter(Boolean).join(' · ')}</div>
              <span className="m">
                <del className="mut">{drift.reported ?? t('configuration.notTold')}</del> → {drift.desired}
              </span>
            </li>
          ))}
        </ul>
        <p className="sub" style={{ marginBottom: 0 }}>
          {t('configuration.effect')}
        </p>
      </ConfirmDialog>
    </>
  );
}
