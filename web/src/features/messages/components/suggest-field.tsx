import { Combobox, useCombobox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface SuggestFieldProps {
  label: string;
  options: string[];
  onChoose: (value: string) => void;
}

const MOST_OPTIONS = 50;

/** A filter over many values: type to narrow them, Enter takes what is typed. */
export function SuggestField({ label, options, onChoose }: SuggestFieldProps) {
  const { t } = useTranslation();
  const box = useCombobox();
  const [typed, setTyped] = useState('');
  const fitting = options.filter((option) => option.toLowerCase().includes(typed.toLowerCase())).slice(0, MOST_OPTIONS);
  const choose = (chosen: string) => {
    setTyped('');
    box.closeDropdown();
    onChoose(chosen);
  };
  return (
    <Combobox store={box} onOptionSubmit={choose} width={260} position="bottom-start">
      <Combobox.Target>
        <input
          className="in"
          style={{ width: 150 }}
          aria-label={label}
          placeholder={label}
          value={typed}
          onFocus={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
          onChange={(event) => {
            setTyped(event.target.value);
            box.openDropdown();
            box.resetSelectedOption();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed !== '' && box.getSelectedOptionIndex() < 0)
              choose(fitting.length === 1 ? (fitting[0] ?? typed) : typed);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={label}>
          {fitting.map((option) => (
            <Combobox.Option key={option} value={option}>
              {option}
            </Combobox.Option>
          ))}
          {fitting.length === 0 && <Combobox.Empty>{t('shell.nothing', { sought: typed })}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
