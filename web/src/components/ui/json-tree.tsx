import type { ReactNode } from 'react';
import { isRecord } from '../../lib/json.ts';
import styles from './json-tree.module.css';

/** Longer lists are folded until somebody wants to see them. */
const FOLDED_FROM = 20;

interface JsonTreeProps {
  value: unknown;
  /** What is to be said of a place, by its JSON pointer. */
  notes?: ReadonlyMap<string, ReactNode>;
}

/** JSON to look into: objects and lists fold. Text and elements only: what charge points send is never markup. */
export function JsonTree({ value, notes = new Map() }: JsonTreeProps) {
  return (
    <div className={`m ${styles.tree}`}>
      {notes.get('')}
      {isBranch(value) ? (
        entriesOf(value).map(([name, child]) => (
          <Node key={name} {...{ name, child, notes }} path={`/${escaped(name)}`} />
        ))
      ) : (
        <Leaf value={value} />
      )}
    </div>
  );
}

interface NodeProps {
  name: string;
  child: unknown;
  path: string;
  notes: ReadonlyMap<string, ReactNode>;
}

function Node({ name, child, path, notes }: NodeProps) {
  const note = notes.get(path);
  const label = <span className={note === undefined ? styles.name : styles.broken}>{name}</span>;
  if (!isBranch(child)) {
    return (
      <div className={styles.leaf}>
        {label} <Leaf value={child} broken={note !== undefined} />
        {note}
      </div>
    );
  }
  const entries = entriesOf(child);
  const size = Array.isArray(child) ? `[${entries.length}]` : `{${entries.length}}`;
  const holdsNote = [...notes.keys()].some((place) => place.startsWith(`${path}/`));
  return (
    <details open={entries.length < FOLDED_FROM || holdsNote}>
      <summary>
        {label} <span className="mut">{size}</span>
      </summary>
      {note}
      <div className={styles.children}>
        {entries.map(([inner, value]) => (
          <Node key={inner} name={inner} child={value} path={`${path}/${escaped(inner)}`} notes={notes} />
        ))}
      </div>
    </details>
  );
}

function Leaf({ value, broken = false }: { value: unknown; broken?: boolean }) {
  return <span className={broken ? styles.broken : styles.value}>{JSON.stringify(value) ?? 'null'}</span>;
}

const isBranch = (value: unknown): value is unknown[] | Record<string, unknown> =>
  Array.isArray(value) ? value.length > 0 : isRecord(value) && Object.keys(value).length > 0;

const entriesOf = (value: unknown[] | Record<string, unknown>): [string, unknown][] => Object.entries(value);

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
