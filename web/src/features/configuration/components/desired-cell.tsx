import type { Drift, DriftState, ReportedVariable } from '@cpo-console/shared/api/configuration.ts';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../../components/ui/icons.tsx';
import { Tag, type Tone } from '../../../components/ui/tag.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { isWritable, variableLabel } from '../api/variable-groups.ts';
import styles from './configuration.module.css';

const LOOK: Record<DriftState, [tone: Tone, icon: IconName]> = {
  'in-step': ['ok', 'check'],
  differs: ['warn', 'triangle'],
  'read-only': ['bad', 'lock'],
  unknown: ['off', 'ring'],
};

interface DesiredCellProps {
  variable: ReportedVariable;
  wanted: Drift | undefined;
  onWant: (variable: ReportedVariable, wanted: Drift | undefined) => void;
}

/** What is wanted of a variable, whether it is so, and which rule says it. */
export function DesiredCell({ variable, wanted, onWant }: DesiredCellProps) {
  const { t } = useTranslation();
  const may = useMay('things:configure');
  const name = variableLabel(variable);
  if (wanted === undefined) {
    if (!may || variable.secret || !isWritable(variable)) return null;
    return (
      <button
        type="button"
        className={`btn small quiet ${styles.onHover}`}
        aria-label={t('desired.wantOne', { name })}
        onClick={() => onWant(variable, undefined)}
      >
        {t('desired.want')}
      </button>
    );
  }
  const [tone, icon] = LOOK[wanted.state];
  const { scope, target } = wanted.rule;
  const from = t(`desired.from.${scope}`, { target: target ?? '' });
  return (
    <div className={`${styles.value} ${styles.desired}`}>
      <span className={`m ${styles.text}`}>
        {wanted.desired === '' ? t('configuration.emptyValue') : wanted.desired}
      </span>
      <Tag tone={tone} icon={icon}>
        {t(`desired.state.${wanted.state}`)}
      </Tag>
      {may ? (
        <button
          type="button"
          className="link"
          aria-label={t('desired.changeOne', { name, from })}
          onClick={() => onWant(variable, wanted)}
        >
          {from}
        </button>
      ) : (
        <span className="sub">{from}</span>
      )}
    </div>
  );
}
