interface PasswordFieldProps {
  id: string;
  label: string;
  value: string;
  onChange: (password: string) => void;
  /** A password to be made up, of at least so many characters. */
  newPassword?: { least: number; hint: string };
}

export function PasswordField({ id, label, value, onChange, newPassword }: PasswordFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="in"
        type="password"
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(newPassword
          ? { autoComplete: 'new-password', minLength: newPassword.least, 'aria-describedby': `${id}-hint` }
          : { autoComplete: 'current-password' })}
      />
      {newPassword && (
        <span id={`${id}-hint`} className="hint">
          {newPassword.hint}
        </span>
      )}
    </div>
  );
}
