import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type JsonSchema, typeOf } from '../api/schema.ts';

interface ScalarFieldProps {
  id: string;
  schema: JsonSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  suggestions: string[];
}

export function ScalarField({ id, schema, value, onChange, suggestions }: ScalarFieldProps) {
  const { t } = useTranslation();
  const listId = useId();
  const type = typeOf(schema);
  if (schema.enum) {
    return (
      <select
        id={id}
        className="in"
        value={String(value)}
        onChange={(event) => onChange(schema.enum?.find((each) => String(each) === event.target.value))}
      >
        {schema.enum.map((each) => (
          <option key={String(each)} value={String(each)}>
            {String(each)}
          </option>
        ))}
      </select>
    );
  }
  if (type === 'boolean') {
    return (
      <select
        id={id}
        className="in"
        value={String(value === true)}
        onChange={(event) => onChange(event.target.value === 'true')}
      >
        <option value="true">{t('commands.true')}</option>
        <option value="false">{t('commands.false')}</option>
      </select>
    );
  }
  const numeric = type === 'integer' || type === 'number';
  if (schema.format === 'date-time') return <DateTimeField id={id} value={value} onChange={onChange} />;
  return (
    <>
      <input
        id={id}
        className="in m"
        type={numeric ? 'number' : 'text'}
        step={type === 'integer' ? 1 : 'any'}
        min={schema.minimum}
        max={schema.maximum}
        maxLength={schema.maxLength}
        list={suggestions.length > 0 ? listId : undefined}
        autoComplete="off"
        value={typeof value === 'string' || typeof value === 'number' ? value : ''}
        onChange={(event) =>
          onChange(numeric ? (event.target.value === '' ? '' : Number(event.target.value)) : event.target.value)
        }
      />
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}

/** Picked in the viewer's zone, sent in UTC. */
function DateTimeField({ id, value, onChange }: Pick<ScalarFieldProps, 'id' | 'value' | 'onChange'>) {
  const at = typeof value === 'string' ? new Date(value) : new Date(Number.NaN);
  const local = Number.isNaN(at.getTime())
    ? ''
    : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  const pick = (text: string) => {
    const picked = new Date(text);
    onChange(Number.isNaN(picked.getTime()) ? '' : picked.toISOString());
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
