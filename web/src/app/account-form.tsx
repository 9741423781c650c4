import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from './password-field.tsx';

export const SHORTEST_PASSWORD = 12;

export interface Account {
  name: string;
  password: string;
}

interface AccountFormProps {
  submitLabel: string;
  busy: boolean;
  onSubmit: (account: Account) => void;
  /** A password is to be made up: what to say of it. */
  newPassword?: string;
  /** What went wrong. */
  children: ReactNode;
}

/** A name and a password: what the sign-in and the set-up ask for. */
export function AccountForm({ submitLabel, busy, onSubmit, newPassword, children }: AccountFormProps) {
  const { t } = useTranslation();
  const [account, setAccount] = useState<Account>({ name: '', password: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(account);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor="name">{t('signIn.name')}</label>
        <input
          id="name"
          className="in"
          autoComplete="username"
          required
          value={account.name}
          onChange={(event) => setAccount({ ...account, name: event.target.value })}
        />
      </div>
      <PasswordField
        id="password"
        label={t('signIn.password')}
        value={account.password}
        onChange={(password) => setAccount({ ...account, password })}
        {...(newPassword ? { newPassword: { least: SHORTEST_PASSWORD, hint: newPassword } } : {})}
      />
      {children}
      <button type="submit" className="btn p" disabled={busy}>
        {submitLabel}
      </button>
    </form>
  );
}
