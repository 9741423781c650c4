import type { ChangeResult, ReportedVariable } from '@cpo-console/shared/api/configuration.ts';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../../components/ui/icons.tsx';
import { Tag, type Tone } from '../../../components/ui/tag.tsx';
import { useMay } from '../../../lib/permissions.ts';
import type { Drafts } from '../api/use-drafts.ts';
import { isWritable, placeKey, variableLabel } from '../api/variable-groups.ts';
import styles from './configuration.module.css';

/** The value, or the field that changes it, and what became of the last change. */
export function ValueCell({ variable, drafts }: { variable: ReportedVariable; drafts: Drafts }) {
  const { t } = useTranslation();
  const may = useMay('things:configure');
  const draft = drafts.drafts.get(placeKey(variable));
  const result = drafts.results.get(placeKey(variable));
  return (
    <div className={styles.value}>
      {draft ? (
        <ValueField variable={variable} value={draft.value} drafts={drafts} />
      ) : (
        <>
          <Value variable={variable} />
          {may && isWritable(variable) && (
            <button
              type="button"
              className="btn small quiet"
              aria-label={t('configuration.change', { name: variableLabel(variable) })}
              onClick={() => drafts.put(variable, variable.secret ? '' : (variable.value ?? ''))}
            >
              {t('action.edit')}
            </button>
          )}
        </>
      )}
      {result && <ResultTag result={result} />}
      {variable.rebootRequired && result?.outcome !== 'reboot-required' && (
        <Tag tone="warn" icon="clock">
          {t('configuration.afterReboot')}
        </Tag>
      )}
    </div>
  );
}

function Value({ variable: { value, secret } }: { variable: ReportedVariable }) {
  const { t } = useTranslation();
  if (secret)
    return (
      <Tag tone="off" icon="lock">
        {value === null || value === '' ? t('configuration.secret') : t('configuration.secretSet')}
      </Tag>
    );
  if (value === null) return <span className="mut">{t('configuration.notTold')}</span>;
  if (value === '') return <span className="mut">{t('configuration.emptyValue')}</span>;
  return <span className={`m ${styles.text}`}>{value}</span>;
}

interface ValueFieldProps {
  variable: ReportedVariable;
  value: string;
  drafts: Drafts;
}

function ValueField({ variable, value, drafts }: ValueFieldProps) {
  const { t } = useTranslation();
  const options = optionsOf(variable);
  const common = {
    className: 'in m',
    'aria-label': t('configuration.newValue', { name: variableLabel(variable) }),
    value,
    // It takes the place of the button that was just pressed.
    autoFocus: true,
  };
  return (
    <>
      {options?.includes(value) ? (
        <select {...common} onChange={(event) => drafts.put(variable, event.target.value)}>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          type={variable.secret ? 'password' : 'text'}
          autoComplete="off"
          maxLength={2_500}
          onChange={(event) => drafts.put(variable, event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') drafts.drop(variable);
          }}
        />
      )}
      <button
        type="button"
        className="btn small quiet"
        aria-label={t('configuration.dropOne', { name: variableLabel(variable) })}
        onClick={() => drafts.drop(variable)}
      >
        ✕
      </button>
    </>
  );
}

/** Where the charge point says what it takes: a choice instead of typing. */
function optionsOf({ characteristics }: ReportedVariable): string[] | null {
  if (characteristics?.dataType === 'boolean') return ['true', 'false'];
  if (characteristics?.dataType !== 'OptionList' || characteristics.valuesList === null) return null;
  return characteristics.valuesList.split(',').map((option) => option.trim());
}

const LOOK: Record<ChangeResult['outcome'], [tone: Tone, icon: IconName]> = {
  accepted: ['ok', 'check'],
  'reboot-required': ['warn', 'clock'],
  refused: ['warn', 'cross'],
  failed: ['bad', 'triangle'],
};

function ResultTag({ result }: { result: ChangeResult }) {
  const [tone, icon] = LOOK[result.outcome];
  return (
    <span role="status" className="row wrap" style={{ gap: 6 }}>
      <Tag tone={tone} icon={icon}>
        {result.status}
      </Tag>
      {result.detail && <span className="sub">{result.detail}</span>}
    </span>
  );
}
