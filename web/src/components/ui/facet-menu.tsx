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
  /** A function is asked only when the menu is opened. */
  options: FacetOption[] | (() => FacetOption[]);
  /** How the chosen value is called, where it is not asked of the options. */
  chosenLabel?: string | undefined;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A filter as a chip that says what it lets through, with how many there are of each. */
export function FacetMenu({ label, options, chosenLabel, value, onChange }: FacetMenuProps) {
  const { t } = useTranslation();
  const chosen =
    chosenLabel ?? (typeof options === 'function' ? value : options.find((option) => option.value === value)?.label);
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <button type="button" className={value === undefined ? 'chip' : 'chip on'}>
          {label} <b>{value === undefined ? t('filter.any') : (chosen ?? value)}</b> <span aria-hidden="true">▾</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <FacetOptions options={options} value={value} onChange={onChange} />
      </Menu.Dropdown>
    </Menu>
  );
}

function FacetOptions({ options, value, onChange }: Pick<FacetMenuProps, 'options' | 'value' | 'onChange'>) {
  const { t } = useTranslation();
  const listed = typeof options === 'function' ? options() : options;
  return (
    <>
      <Menu.Item onClick={() => onChange(undefined)} leftSection={<Check on={value === undefined} />}>
        {t('filter.any')}
      </Menu.Item>
      {listed.map((option) => (
        <Menu.Item
          key={option.value}
          onClick={() => onChange(option.value === value ? undefined : option.value)}
          leftSection={<Check on={option.value === value} />}
          rightSection={option.count === undefined ? null : <span className="mut">{option.count}</span>}
        >
          {option.label}
        </Menu.Item>
      ))}
    </>
  );
}

function Check({ on }: { on: boolean }) {
  return <span style={{ display: 'inline-block', width: 12 }}>{on && <Icon name="check" />}</span>;
}
