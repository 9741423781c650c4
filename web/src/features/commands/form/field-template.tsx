import type { FieldTemplateProps } from '@rjsf/utils';
import styles from './form.module.css';

/** A member that is no group: its name, its picker, what the specification says of it, what is wrong with it. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, label, required, rawDescription, rawErrors = [], schema, hidden, children } = props;
  if (hidden) return null;
  if (schema.type === 'object' || schema.type === 'array') return <>{children}</>;
  return (
    <div className="field">
      <label htmlFor={id} className="label">
        {label}
        {required && ' *'}
      </label>
      {children}
      <Wrong errors={rawErrors} />
      {rawDescription && <span className={`hint ${styles.description}`}>{rawDescription}</span>}
    </div>
  );
}

export function Wrong({ errors }: { errors: readonly string[] }) {
  return errors.map((error) => (
    <span key={error} className={styles.wrong}>
      {error}
    </span>
  ));
}
