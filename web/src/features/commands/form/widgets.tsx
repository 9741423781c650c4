import { Autocomplete } from '@mantine/core';
import type { WidgetProps } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { type KnownValues, knownFor } from '../api/known-values.ts';
import styles from './form.module.css';
import { type LinksFor, OwnLink, takesLink } from './own-link.tsx';

/** As the console's own fields look. */
const INPUT = { input: { backgroundColor: 'var(--panel)', borderRadius: 6, fontSize: 13 } };

/** Text and numbers, with the values that this charge point is known to have. */
export function TextWidget(props: WidgetProps) {
  const { id, value, onChange, schema, registry, rawErrors = [] } = props;
  const { known, linksFor } = registry.formContext as { known: KnownValues; linksFor?: LinksFor };
  const options = knownFor(known, id);
  const notes = new Map(options.map((option) => [option.value, option.note]));
  const isNumber = schema.type === 'integer' || schema.type === 'number';
  const text = value === undefined || value === null ? '' : String(value);
  const input = (
    <Autocomplete
      id={id}
      size="xs"
      styles={INPUT}
      value={text}
      data={options.map((option) => option.value)}
      // Whoever opens it wants to see the others, not the one that is there.
      filter={({ options: all, search }) =>
        notes.has(search.trim())
          ? all
          : all.filter(
              (option) => 'value' in option && option.value.toLowerCase().includes(search.trim().toLowerCase()),
            )
      }
      renderOption={({ option }) => (
        <span className={styles.option}>
          <span className="m">{option.value}</span> <span className="mut">{notes.get(option.value)}</span>
        </span>
      )}
      maxDropdownHeight={260}
      limit={100}
      inputMode={isNumber ? 'decimal' : 'text'}
      maxLength={schema.maxLength}
      error={rawErrors.length > 0}
      autoComplete="off"
      onChange={(next) => onChange(next === '' ? emptyValue(props) : next)}
    />
  );
  if (linksFor === undefined || !takesLink(id)) return input;
  return (
    <>
      {input}
      <OwnLink {...linksFor} isEmpty={text === ''} onLink={onChange} />
    </>
  );
}

/** What has to be there may be an empty text; what may be left out is. */
const emptyValue = ({ required, schema }: WidgetProps): '' | undefined =>
  required && schema.type === 'string' ? '' : undefined;

export function SelectWidget({ id, value, onChange, options, required }: WidgetProps) {
  const choices = options.enumOptions ?? [];
  return <Choice id={id} value={value} choices={choices} required={required} onChange={onChange} />;
}

/** Not there is a third answer beside yes and no. */
export function BooleanWidget({ id, value, onChange, required }: WidgetProps) {
  const { t } = useTranslation();
  const choices = [
    { value: true, label: t('commands.true') },
    { value: false, label: t('commands.false') },
  ];
  return <Choice id={id} value={value} choices={choices} required={required} onChange={onChange} />;
}

interface ChoiceProps {
  id: string;
  value: unknown;
  choices: readonly { value: unknown; label: string }[];
  required: boolean | undefined;
  onChange: (value: unknown) => void;
}

function Choice({ id, value, choices, required, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const at = choices.findIndex((choice) => choice.value === value);
  return (
    <select
      id={id}
      className="in"
      value={at}
      onChange={(event) => onChange(choices[Number(event.target.value)]?.value)}
    >
      {(!required || at < 0) && <option value={-1}>{required ? t('commands.choose') : '—'}</option>}
      {choices.map((choice, index) => (
        <option key={choice.label} value={index}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

/** Picked in the viewer's zone, sent in UTC. */
export function DateTimeWidget(props: WidgetProps) {
  const { id, value, onChange } = props;
  const at = typeof value === 'string' ? new Date(value) : new Date(Number.NaN);
  const local = Number.isNaN(at.getTime())
    ? ''
    : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  const pick = (text: string) => {
    const picked = new Date(text);
    onChange(Number.isNaN(picked.getTime()) ? emptyValue(props) : picked.toISOString());
  };
  return (
    <>
      <input
        id={id}
        className="in"
        type="datetime-local"
        step={1}
        value={local}
        onChange={(event) => pick(event.target.value)}
      />
      <span className="hint m">{typeof value === 'string' ? value : ''}</span>
    </>
  );
}
