import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';

export interface FacetOption {
  value: string;
  label: string;
  count?: number;
}

interface FacetMenuProps {
  label: string;
  options: FacetOption[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A filter as a chip that says what it lets through, with how many there are of each. */
export function FacetMenu({ label, options, value, onChange }: FacetMenuProps) {
  const { t } = useTranslation();
  const chosen = options.find((option) => option.value === value);
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <button type="button" className={value === undefined ? 'chip' : 'chip on'}>
          {label} <b>{value === undefined ? t('filter.any') : (chosen?.label ?? value)}</b>{' '}
          <span aria-hidden="true">▾</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.Item onClick={() => onChange(undefined)} leftSection={<Check on={value === undefined} />}>
          {t('filter.any')}
        </Menu.Item>
        {options.map((option) => (
          <Menu.Item
            key={option.value}
            onClick={() => onChange(option.value === value ? undefined : option.value)}
            leftSection={<Check on={option.value === value} />}
            rightSection={option.count === undefined ? null : <span className="mut">{option.count}</span>}
          >
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Check({ on }: { on: boolean }) {
  return <span style={{ display: 'inline-block', width: 12 }}>{on && <Icon name="check" />}</span>;
}
