import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { RoleSelect } from './role-select.tsx';

export interface Named {
  name: string;
  role: Role;
}

interface NameAndRoleProps {
  fields: Named;
  nameLabel: string;
  submitLabel: string;
  busy: boolean;
  onChange: (fields: Named) => void;
  onSubmit: () => void;
  onCancel: () => void;
  /** What else there is to say, and what went wrong. */
  children?: ReactNode;
}

/** What a user and a token have in common. */
export function NameAndRole(props: NameAndRoleProps) {
  const { fields, nameLabel, submitLabel, busy, onChange, onSubmit, onCancel, children } = props;
  const { t } = useTranslation();
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor={`${id}-name`}>{nameLabel}</label>
        <input
          id={`${id}-name`}
          className="in"
          required
          pattern=".*\S.*"
          maxLength={100}
          autoComplete="off"
          data-autofocus
          value={fields.name}
          onChange={(event) => onChange({ ...fields, name: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-role`}>{t('users.role')}</label>
        <RoleSelect id={`${id}-role`} role={fields.role} onChange={(role) => onChange({ ...fields, role })} />
        <span className="hint">{t(`users.may.${fields.role}`)}</span>
      </div>
      {children}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <button type="button" className="btn" onClick={onCancel}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={busy}>
          {submitLabel}
        </button>
      </div>
    </form>
  );
}
