import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Account {
  name: string;
  password: string;
}

interface AccountFormProps {
  submitLabel: string;
  busy: boolean;
  onSubmit: (account: Account) => void;
  /** A password to be made up, of at least so many characters. */
  newPassword?: { least: number; hint: string };
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
      <div className="field">
        <label htmlFor="password">{t('signIn.password')}</label>
        <input
          id="password"
          className="in"
          type="password"
          required
          value={account.password}
          onChange={(event) => setAccount({ ...account, password: event.target.value })}
          {...(newPassword
            ? { autoComplete: 'new-password', minLength: newPassword.least, 'aria-describedby': 'password-hint' }
            : { autoComplete: 'current-password' })}
        />
        {newPassword && (
          <span id="password-hint" className="hint">
            {newPassword.hint}
          </span>
        )}
      </div>
      {children}
      <button type="submit" className="btn p" disabled={busy}>
        {submitLabel}
      </button>
    </form>
  );
}
