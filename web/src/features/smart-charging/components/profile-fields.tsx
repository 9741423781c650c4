import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import {
  KINDS,
  type Kind,
  PURPOSES,
  type Purpose,
  RECURRENCIES,
  type Recurrency,
} from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { checkForVersion } from '@cpo-console/shared/smart-charging/check-draft.ts';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeriodFields, ProfileFields } from '../api/profile-fields.ts';
import { PeriodRows } from './period-rows.tsx';
import styles from './smart-charging.module.css';

interface FieldProps {
  label: string;
  value: string;
  wrong: string | undefined;
  onChange: (value: string) => void;
}

export function TextField({ label, value, wrong, onChange, type = 'text' }: FieldProps & { type?: string }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="in"
        type={type}
        value={value}
        autoComplete="off"
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}wrong`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}wrong`} className="wrong">
        {wrong}
      </span>
    </div>
  );
}

export function SelectField({
  label,
  value,
  values,
  wrong,
  onChange,
}: FieldProps & { values: [value: string, text: string][] }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="in"
        value={value}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}wrong`}
        onChange={(event) => onChange(event.target.value)}
      >
        {values.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
      <span id={`${id}wrong`} className="wrong">
        {wrong}
      </span>
    </div>
  );
}

interface ProfileFieldSetProps {
  fields: ProfileFields;
  version: OcppVersion;
  /** What is wrong at a place of the draft. */
  wrong: (path: string) => string | undefined;
  onChange: (patch: Partial<ProfileFields>) => void;
}

export function ProfileFieldSet({ fields, version, wrong, onChange }: ProfileFieldSetProps) {
  const { t } = useTranslation();
  const known = <Word extends Purpose | Kind>(words: readonly Word[], chosen: Word): [string, string][] =>
    words.filter((word) => word === chosen || exists(word, version)).map((word) => [word, word]);
  const hasStart = fields.kind === 'Absolute' || fields.kind === 'Recurring';
  const text = (name: 'stackLevel' | 'startSchedule' | 'duration' | 'validFrom' | 'validTo', type = 'text') => (
    <TextField
      label={t(`charging.${name}`)}
      type={type}
      value={fields[name]}
      wrong={wrong(`/${name}`)}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <>
      <div className={styles.two}>
        <SelectField
          label={t('charging.purpose')}
          value={fields.purpose}
          values={known(PURPOSES, fields.purpose)}
          wrong={wrong('/purpose')}
          onChange={(value) => onChange({ purpose: value as Purpose })}
        />
        <SelectField
          label={t('charging.kind')}
          value={fields.kind}
          values={known(KINDS, fields.kind)}
          wrong={wrong('/kind')}
          onChange={(value) => onChange({ kind: value as Kind })}
        />
        {fields.kind === 'Recurring' && (
          <SelectField
            label={t('charging.recurrency')}
            value={fields.recurrency}
            values={RECURRENCIES.map((each) => [each, each])}
            wrong={wrong('/recurrency')}
            onChange={(value) => onChange({ recurrency: value as Recurrency })}
          />
        )}
        {text('stackLevel')}
        <SelectField
          label={t('charging.unit')}
          value={fields.unit}
          values={[
            ['A', 'A'],
            ['W', 'W'],
          ]}
          wrong={undefined}
          onChange={(value) => onChange({ unit: value as 'A' | 'W' })}
        />
      </div>
      <div className={styles.wide}>
        {hasStart && text('startSchedule', 'datetime-local')}
        {fields.kind !== 'Dynamic' && text('duration')}
        {text('validFrom', 'datetime-local')}
        {text('validTo', 'datetime-local')}
      </div>
      <PeriodRows
        periods={fields.periods}
        unit={fields.unit}
        wrong={wrong}
        onChange={(periods: PeriodFields[]) => onChange({ periods })}
      />
    </>
  );
}

/** Whether the version knows a purpose or a kind. */
function exists(word: Purpose | Kind, version: OcppVersion): boolean {
  const draft = { purpose: 'TxDefaultProfile', kind: 'Absolute', stackLevel: 0, unit: 'A', periods: [] } as const;
  const isKind = KINDS.some((kind) => kind === word);
  const tried = isKind ? { ...draft, kind: word as Kind } : { ...draft, purpose: word as Purpose };
  return checkForVersion({ ...tried, periods: [] }, version).length === 0;
}
