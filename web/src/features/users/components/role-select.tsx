import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import { useTranslation } from 'react-i18next';
import { ROLES } from '../api/users.ts';

interface RoleSelectProps {
  id?: string;
  label?: string;
  role: Role;
  disabled?: boolean;
  onChange: (role: Role) => void;
}

export function RoleSelect({ id, label, role, disabled = false, onChange }: RoleSelectProps) {
  const { t } = useTranslation();
  return (
    <select
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className="in"
      style={{ minWidth: 124 }}
      value={role}
      disabled={disabled}
      onChange={(event) => onChange(ROLES.find((each) => each === event.target.value) ?? role)}
    >
      {ROLES.map((each) => (
        <option key={each} value={each}>
          {t(`role.${each}`)}
        </option>
      ))}
    </select>
  );
}
