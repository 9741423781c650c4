import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { type Change, useChangeVariables } from '../api/configuration-queries.ts';
import type { Drafts } from '../api/use-drafts.ts';
import { componentLabel, placeKey, variableLabel } from '../api/variable-groups.ts';
import styles from './configuration.module.css';

/** What has been typed goes out together, after one more look at it. */
export function SendChanges({ thing, drafts }: { thing: Thing; drafts: Drafts }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const change = useChangeVariables(thing.thingName);
  const changes = [...drafts.drafts.values()];
  if (changes.length === 0) return null;
  const send = () => {
    setAsking(false);
    change.mutate(changes, { onSuccess: drafts.settle });
  };
  return (
    <>
      {change.isError && <ProblemNote error={change.error} />}
      <div className={`panel ${styles.bar}`}>
        <span className="b">{t('configuration.changes', { count: changes.length })}</span>
        {!thing.connected && <span className="sub">{t('configuration.offline', { name: thing.thingName })}</span>}
        <span className="grow" />
        <button type="button" className="btn" disabled={change.isPending} onClick={drafts.clear}>
          {t('configuration.discard')}
        </button>
        <button
          type="button"
          className="btn p"
          disabled={!thing.connected || change.isPending}
          onClick={() => setAsking(true)}
        >
          {change.isPending ? t('commands.waiting', { name: thing.thingName }) : t('configuration.send')}
        </button>
      </div>
      <ConfirmDialog
        open={asking}
        title={t('configuration.confirmTitle', { count: changes.length, name: thing.thingName })}
        confirmLabel={t('configuration.confirm', { count: changes.length })}
        onConfirm={send}
        onClose={() => setAsking(false)}
      >
        <ul className={styles.changes}>
          {changes.map((each) => (
            <ChangeLine key={placeKey(each.variable)} change={each} />
          ))}
        </ul>
        <p className="sub" style={{ marginBottom: 0 }}>
          {t('configuration.effect')}
        </p>
      </ConfirmDialog>
    </>
  );
}

function ChangeLine({ change: { variable, value } }: { change: Change }) {
  const { t } = useTranslation();
  const shown = (text: string | null) =>
    variable.secret ? '•••' : text === '' ? t('configuration.emptyValue') : (text ?? t('configuration.notTold'));
  return (
    <li>
      <div className="b">{[componentLabel(variable), variableLabel(variable)].filter(Boolean).join(' · ')}</div>
      <span className="m">
        <del className="mut">{shown(variable.value)}</del> → {shown(value)}
      </span>
    </li>
  );
}
