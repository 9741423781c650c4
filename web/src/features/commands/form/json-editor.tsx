import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import { Compartment } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { parseJson } from '../../../lib/json.ts';
import { type Finding, type JsonSchema, lint } from '../api/schema.ts';
import { placeOf } from './json-place.ts';

interface JsonEditorProps {
  label: string;
  text: string;
  schema: JsonSchema;
  onText: (text: string) => void;
}

const LOOK = EditorView.theme({
  '&': { border: '1px solid var(--line)', borderRadius: '8px', backgroundColor: 'var(--panel)', fontSize: '13px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-content': { caretColor: 'var(--ink)', minHeight: '240px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink3)', border: 'none' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--accentbg) !important' },
  '.cm-tooltip': { backgroundColor: 'var(--panel)', color: 'var(--ink)', border: '1px solid var(--line)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
});
const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: [tags.string, tags.number, tags.bool, tags.null], color: 'var(--ink2)' },
]);

/** JSON with what the schema objects to marked at its place, as it is typed. */
export function JsonEditor({ label, text, schema, onText }: JsonEditorProps) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const changed = useRef(onText);
  const first = useRef(text);
  const checking = useRef(new Compartment());
  changed.current = onText;

  useEffect(() => {
    if (host.current === null) return;
    const view = new EditorView({
      doc: first.current,
      parent: host.current,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        // Tab leaves the editor, as it leaves every field.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        json(),
        lintGutter(),
        checking.current.of([]),
        syntaxHighlighting(COLOURS),
        LOOK,
        EditorView.lineWrapping,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed.current(update.state.doc.toString());
        }),
      ],
    });
    editor.current = view;
    return () => view.destroy();
  }, []);

  useEffect(() => {
    const words = (finding: Finding) => t(`lint.${finding.rule}`, { limit: finding.limit });
    const check = linter((view) => diagnose(view, schema, words), { delay: 150 });
    editor.current?.dispatch({
      effects: checking.current.reconfigure([check, EditorView.contentAttributes.of({ 'aria-label': label })]),
    });
  }, [schema, label, t]);

  useEffect(() => {
    const view = editor.current;
    if (view === null || view.state.doc.toString() === text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }, [text]);

  return <div ref={host} />;
}

function diagnose(view: EditorView, schema: JsonSchema, words: (finding: Finding) => string): Diagnostic[] {
  const text = view.state.doc.toString();
  const parsed = parseJson(text);
  if (!parsed.ok) return [{ ...brokenAt(view), severity: 'error', message: parsed.message }];
  return lint(parsed.value, schema, schema).map((finding) => ({
    ...placeOf(syntaxTree(view.state), text, finding.path),
    severity: 'error',
    message: `${finding.path.split('/').at(-1) ?? ''} ${words(finding)}`.trim(),
  }));
}

/** Where the reader gave up: browsers say it in words of their own, the syntax tree has it. */
function brokenAt(view: EditorView): { from: number; to: number } {
  let from = view.state.doc.length;
  syntaxTree(view.state).iterate({
    enter(node) {
      if (node.type.isError) from = Math.min(from, node.from);
    },
  });
  return { from, to: Math.min(from + 1, view.state.doc.length) };
}
