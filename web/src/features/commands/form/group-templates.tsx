import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  ObjectFieldTemplateProps,
  OptionalDataControlsTemplateProps,
} from '@rjsf/utils';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRecord } from '../../../lib/json.ts';
import { Wrong } from './field-template.tsx';
import styles from './form.module.css';

/** Members that have to be there, and behind a fold those that may. */
export function ObjectFieldTemplate(props: ObjectFieldTemplateProps) {
  const { properties, schema, formData, title, fieldPathId, optionalDataControl, required, errorSchema } = props;
  const { t } = useTranslation();
  const members: Record<string, unknown> = isRecord(formData) ? formData : {};
  const isRequired = (name: string) => schema.required?.includes(name) ?? false;
  const optional = properties.filter(({ name }) => !isRequired(name));
  const [open, setOpen] = useState(optional.some(({ name }) => members[name] !== undefined));
  const isRoot = fieldPathId.path.length === 0;
  const fields = (
    <>
      {properties.filter(({ name }) => isRequired(name)).map(({ content }) => content)}
      {optional.length > 0 && (
        <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> {t('commands.optional')}{' '}
          <span className="mut">{optional.map(({ name }) => name).join(', ')}</span>
        </button>
      )}
      {open && optional.map(({ content }) => content)}
    </>
  );
  if (isRoot) {
    return (
      <div className="stack">{properties.length === 0 ? <p className="mut">{t('commands.noFields')}</p> : fields}</div>
    );
  }
  return (
    <Group id={fieldPathId.$id} title={title} required={required} control={optionalDataControl}>
      <Wrong errors={errorSchema?.__errors ?? []} />
      {fields}
    </Group>
  );
}

export function ArrayFieldTemplate(props: ArrayFieldTemplateProps) {
  const { items, title, canAdd, onAddClick, fieldPathId, optionalDataControl, required, rawErrors = [] } = props;
  const { t } = useTranslation();
  // A list that is not there is added as a whole, with the control in its title.
  const isThere = props.formData !== undefined;
  return (
    <Group id={fieldPathId.$id} title={title} required={required} control={optionalDataControl}>
      <Wrong errors={rawErrors} />
      {items}
      {canAdd && isThere && (
        <button type="button" className="btn small" style={{ alignSelf: 'flex-start' }} onClick={onAddClick}>
          + {t('commands.addItem', { name: title })}
        </button>
      )}
    </Group>
  );
}

export function ArrayFieldItemTemplate({ children, buttonsProps, index }: ArrayFieldItemTemplateProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.item}>
      <div className="grow">{children}</div>
      {buttonsProps.hasRemove && (
        <button
          type="button"
          className="btn quiet small"
          aria-label={t('commands.removeItem', { number: index + 1 })}
          onClick={buttonsProps.onRemoveItem}
        >
          ✕
        </button>
      )}
    </div>
  );
}

export function OptionalDataControlsTemplate({ id, onAddClick, onRemoveClick }: OptionalDataControlsTemplateProps) {
  const { t } = useTranslation();
  return (
    <button id={id} type="button" className="btn quiet small" onClick={onAddClick ?? onRemoveClick}>
      {onAddClick ? `+ ${t('commands.add')}` : `✕ ${t('commands.leaveOut')}`}
    </button>
  );
}

interface GroupProps {
  id: string;
  title: string | undefined;
  required: boolean | undefined;
  control: ReactNode;
  children: ReactNode;
}

function Group({ id, title, required, control, children }: GroupProps) {
  return (
    <fieldset id={id} className={styles.group}>
      <legend className="row" style={{ gap: 6 }}>
        <span className="label">
          {title}
          {required && ' *'}
        </span>
        {control}
      </legend>
      <div className="stack">{children}</div>
    </fieldset>
  );
}
