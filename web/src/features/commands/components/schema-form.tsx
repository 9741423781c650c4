import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { isRecord } from '../../../lib/json.ts';
import { initialValue, type JsonSchema, resolve, typeOf } from '../api/schema.ts';
import styles from './commands.module.css';
import { ScalarField } from './scalar-field.tsx';

export interface FieldProps {
  schema: JsonSchema;
  root: JsonSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  /** Values worth suggesting, by the name of the member: connectors, running transactions. */
  hints: Record<string, string[]>;
}

/** A form for whatever the schema describes. Optional members are added one by one, so that nothing is sent unasked. */
export function SchemaForm(props: FieldProps) {
  const { t } = useTranslation();
  const schema = resolve(props.schema, props.root);
  if (Object.keys(schema.properties ?? {}).length === 0) return <p className="mut">{t('commands.noFields')}</p>;
  return <ObjectFields {...props} />;
}

function ObjectFields({ schema: given, root, value, onChange, hints }: FieldProps) {
  const { t } = useTranslation();
  const schema = resolve(given, root);
  const members = isRecord(value) ? value : {};
  const required = new Set(schema.required ?? []);
  const properties = Object.entries(schema.properties ?? {}).sort(
    (a, b) => Number(required.has(b[0])) - Number(required.has(a[0])),
  );
  // Vendors' own data has no shape to make fields of: it goes in as JSON.
  const absent = properties.filter(([name]) => !Object.hasOwn(members, name) && name !== 'customData');
  const set = (name: string, member: unknown) => onChange({ ...members, [name]: member });
  const remove = (name: string) => {
    const { [name]: _, ...rest } = members;
    onChange(rest);
  };
  return (
    <div className="stack">
      {properties.map(([name, property]) =>
        Object.hasOwn(members, name) ? (
          <Member
            key={name}
            name={name}
            schema={property}
            root={root}
            value={members[name]}
            onChange={(member) => set(name, member)}
            hints={hints}
            onRemove={required.has(name) ? undefined : () => remove(name)}
          />
        ) : null,
      )}
      {absent.length > 0 && (
        <div className="row wrap" style={{ gap: 6 }}>
          <span className="mut">{t('commands.add')}</span>
          {absent.map(([name, property]) => (
            <button
              key={name}
              type="button"
              className="btn small"
              title={resolve(property, root).description}
              onClick={() => set(name, startValue(name, property, root, hints))}
            >
              + {name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function startValue(name: string, schema: JsonSchema, root: JsonSchema, hints: Record<string, string[]>): unknown {
  const hint = hints[name]?.[0];
  const type = typeOf(resolve(schema, root));
  if (hint === undefined || (type !== 'string' && type !== 'integer')) return initialValue(schema, root);
  return type === 'integer' ? Number(hint) : hint;
}

interface MemberProps extends FieldProps {
  name: string;
  onRemove: (() => void) | undefined;
}

function Member({ name, onRemove, ...field }: MemberProps) {
  const { t } = useTranslation();
  const id = useId();
  const schema = resolve(field.schema, field.root);
  const type = typeOf(schema);
  const removeButton = onRemove && (
    <button type="button" className="btn quiet small" aria-label={t('commands.remove', { name })} onClick={onRemove}>
      ✕
    </button>
  );
  if (type === 'object' || type === 'array') {
    return (
      <fieldset className={styles.group}>
        <legend className="row" style={{ gap: 4 }}>
          <span className="label">{name}</span>
          {removeButton}
        </legend>
        {type === 'object' ? <ObjectFields {...field} /> : <ArrayFields {...field} name={name} />}
      </fieldset>
    );
  }
  return (
    <div className="field">
      <div className="row" style={{ gap: 4 }}>
        <label htmlFor={id} className="label">
          {name}
          {onRemove ? '' : ' *'}
        </label>
        {removeButton}
      </div>
      <ScalarField
        id={id}
        schema={schema}
        value={field.value}
        onChange={field.onChange}
        suggestions={field.hints[name] ?? []}
      />
      {schema.description && <span className={`hint ${styles.description}`}>{schema.description}</span>}
    </div>
  );
}

function ArrayFields({ name, schema: given, root, value, onChange, hints }: FieldProps & { name: string }) {
  const { t } = useTranslation();
  const schema = resolve(given, root);
  const items = Array.isArray(value) ? value : [];
  const full = schema.maxItems !== undefined && items.length >= schema.maxItems;
  return (
    <div className="stack">
      {items.map((item, index) => (
        <Member
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
          key={index}
          name={`${name} ${index + 1}`}
          schema={schema.items ?? {}}
          root={root}
          value={item}
          hints={hints}
          onChange={(changed) => onChange(items.map((old, at) => (at === index ? changed : old)))}
          onRemove={() => onChange(items.filter((_, at) => at !== index))}
        />
      ))}
      <button
        type="button"
        className="btn small"
        style={{ alignSelf: 'flex-start' }}
        disabled={full}
        onClick={() => onChange([...items, initialValue(schema.items ?? {}, root)])}
      >
        + {t('commands.addItem', { name })}
      </button>
    </div>
  );
}
