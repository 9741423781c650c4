import type { ReactNode } from 'react';
import { isRecord } from '../../lib/json.ts';

/**
 * JSON as text, keys in the accent colour, broken places underlined. Text and elements only: what charge points send is
 * never markup.
 */
export function JsonText({ value, marks = [] }: { value: unknown; marks?: string[] }) {
  return (
    <pre
      className="m"
      style={{
        margin: 0,
        padding: '10px 14px',
        color: 'var(--ink2)',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        lineHeight: 1.6,
      }}
    >
      {render(value, '', new Set(marks), '')}
    </pre>
  );
}

function render(value: unknown, path: string, marks: Set<string>, indent: string): ReactNode {
  const body = Array.isArray(value)
    ? list(value, path, marks, indent)
    : isRecord(value)
      ? record(value, path, marks, indent)
      : (JSON.stringify(value) ?? 'null');
  return marks.has(path) ? (
    <u style={{ textDecoration: 'underline wavy var(--bad)', textUnderlineOffset: 3, color: 'var(--bad)' }}>{body}</u>
  ) : (
    body
  );
}

function list(value: unknown[], path: string, marks: Set<string>, indent: string): ReactNode {
  if (value.length === 0) return '[]';
  const inner = `${indent}  `;
  return (
    <>
      {'[\n'}
      {value.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a position in a frame that never changes
        <span key={index}>
          {inner}
          {render(item, `${path}/${index}`, marks, inner)}
          {index < value.length - 1 ? ',\n' : '\n'}
        </span>
      ))}
      {`${indent}]`}
    </>
  );
}

function record(value: Record<string, unknown>, path: string, marks: Set<string>, indent: string): ReactNode {
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const inner = `${indent}  `;
  return (
    <>
      {'{\n'}
      {entries.map(([key, item], index) => (
        <span key={key}>
          {inner}
          <span style={{ color: 'var(--accent)' }}>{JSON.stringify(key)}</span>
          {': '}
          {render(item, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, marks, inner)}
          {index < entries.length - 1 ? ',\n' : '\n'}
        </span>
      ))}
      {`${indent}}`}
    </>
  );
}
