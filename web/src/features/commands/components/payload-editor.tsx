import { Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { parseJson } from '../../../lib/json.ts';
import type { KnownValues } from '../api/known-values.ts';
import { type Finding, type JsonSchema, lint } from '../api/schema.ts';
import type { LinksFor } from '../form/own-link.tsx';

const PayloadForm = lazy(() => import('../form/payload-form.tsx').then(({ PayloadForm: form }) => ({ default: form })));
const JsonEditor = lazy(() =>
  import('../form/json-editor.tsx').then(({ JsonEditor: editor }) => ({ default: editor })),
);

interface PayloadEditorProps {
  schema: JsonSchema;
  known: KnownValues;
  linksFor?: LinksFor;
  /** The payload as JSON: the form and the text are two views of it. */
  text: string;
  onText: (text: string) => void;
}

/** A payload as a form, or as JSON that is checked as it is typed. */
export function PayloadEditor({ schema, known, linksFor, text, onText }: PayloadEditorProps) {
  const { t } = useTranslation();
  const parsed = parseJson(text);
  const findings = parsed.ok ? lint(parsed.value, schema, schema) : [];
  return (
    <Tabs defaultValue="form" keepMounted={false}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="form">{t('commands.form')}</Tabs.Tab>
        <Tabs.Tab value="json">JSON</Tabs.Tab>
        <span className="grow" />
        {findings.length > 0 && (
          <span className="mut" style={{ alignSelf: 'center' }} role="status">
            {t('commands.open', { count: findings.length })}
          </span>
        )}
      </Tabs.List>
      <Suspense fallback={<SkeletonRows rows={4} />}>
        <Tabs.Panel value="form">
          {parsed.ok ? (
            <PayloadForm
              schema={schema}
              value={parsed.value}
              known={known}
              linksFor={linksFor}
              onChange={(value) => onText(JSON.stringify(value, null, 2))}
            />
          ) : (
            <div className="note care">{t('commands.brokenJson')}</div>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <JsonEditor label={t('commands.payload')} text={text} schema={schema} onText={onText} />
          {!parsed.ok && <div className="note">{parsed.message}</div>}
          <Findings findings={findings} />
        </Tabs.Panel>
      </Suspense>
    </Tabs>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation();
  if (findings.length === 0) return null;
  return (
    <ul className="note care" style={{ margin: '8px 0 0', listStyle: 'none' }} aria-label={t('commands.findings')}>
      {findings.slice(0, 8).map((finding) => (
        <li key={`${finding.path} ${finding.rule}`}>
          <b className="m">{finding.path || '/'}</b> {t(`lint.${finding.rule}`, { limit: finding.limit })}
        </li>
      ))}
    </ul>
  );
}
