import type { Thing } from '@cpo-console/shared/api/things.ts';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

interface InputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  type?: 'text' | 'url' | 'number' | 'datetime-local';
  required?: boolean;
  placeholder?: string;
}

export function Input({ label, value, onChange, hint, type = 'text', required = false, placeholder = '' }: InputProps) {
  const id = useId();
  return (
    <div className="field grow">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="in"
        type={type}
        value={value}
        required={required}
        placeholder={placeholder}
        autoComplete="off"
        {...(type === 'number' && { min: 0, step: 1 })}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint !== undefined && <span className="hint">{hint}</span>}
    </div>
  );
}

/** What every order may say. */
export interface CommonFields {
  baseUrl: string;
  retries: string;
  retryInterval: string;
  queueHours: string;
}

interface CommonOrder {
  baseUrl?: string;
  retries?: number;
  retryIntervalSeconds?: number;
  queueSeconds?: number;
}

export function commonOrder({ baseUrl, retries, retryInterval, queueHours }: CommonFields): CommonOrder {
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    ...(retries !== '' && { retries: Number(retries) }),
    ...(retryInterval !== '' && { retryIntervalSeconds: Number(retryInterval) }),
    ...(queueHours !== '' && { queueSeconds: Number(queueHours) * 3_600 }),
  };
}

interface CommonInputsProps {
  thing: Thing;
  fields: CommonFields;
  set: (patch: Partial<CommonFields>) => void;
  /** Whether the charge point is to come here. */
  toHere: boolean;
}

export function CommonInputs({ thing, fields, set, toHere }: CommonInputsProps) {
  const { t } = useTranslation();
  const queue = useId();
  return (
    <>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Input
          label={t('firmware.retries')}
          type="number"
          value={fields.retries}
          onChange={(retries) => set({ retries })}
        />
        <Input
          label={t('firmware.retryInterval')}
          type="number"
          value={fields.retryInterval}
          onChange={(retryInterval) => set({ retryInterval })}
        />
      </div>
      {toHere && (
        <Input
          label={t('firmware.baseUrl')}
          type="url"
          required
          value={fields.baseUrl}
          onChange={(baseUrl) => set({ baseUrl })}
          hint={t('firmware.baseUrlHint')}
        />
      )}
      {!thing.connected && (
        <div className="field">
          <label htmlFor={queue}>{t('firmware.away', { name: thing.thingName })}</label>
          <select
            id={queue}
            className="in"
            value={fields.queueHours}
            onChange={(event) => set({ queueHours: event.target.value })}
          >
            <option value="">{t('firmware.queueNot')}</option>
            {[1, 24, 168].map((hours) => (
              <option key={hours} value={hours}>
                {t('firmware.queueFor', { count: hours })}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}
