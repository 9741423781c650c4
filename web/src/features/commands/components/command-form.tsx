import type { Thing } from '@cpo-console/shared/api/contracts.ts';
import { Tabs } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { parseJson } from '../../../lib/json.ts';
import { useMay } from '../../../lib/permissions.ts';
import { type Action, isDangerous, useSendCommand } from '../api/commands.ts';
import { type Finding, initialValue, lint } from '../api/schema.ts';
import { SchemaForm } from './schema-form.tsx';

interface CommandFormProps {
  thing: Thing;
  action: Action;
  hints: Record<string, string[]>;
}

const QUEUE_SECONDS = 3600;

export function CommandForm({ thing, action, hints }: CommandFormProps) {
  const { t } = useTranslation();
  const maySend = useMay('commands:support');
  const schema = action.requestSchema ?? {};
  const [text, setText] = useState(() => JSON.stringify(initialValue(schema, schema), null, 2));
  const [asking, setAsking] = useState(false);
  const [queue, setQueue] = useState(false);
  const send = useSendCommand(thing.thingName);
  const parsed = parseJson(text);
  const findings = parsed.ok ? lint(parsed.value, schema, schema) : [];
  const run = () => {
    setAsking(false);
    if (parsed.ok)
      send.mutate({
        action: action.action,
        payload: parsed.value,
        ...(queue && !thing.connected && { queueSeconds: QUEUE_SECONDS }),
      });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isDangerous(action.action)) setAsking(true);
    else run();
  };
  return (
    <form className="panel" onSubmit={submit} aria-label={action.action} noValidate>
      <div className="ph row wrap">
        <h2>{action.action}</h2>
        <span className="sub grow">{action.summary}</span>
      </div>
      <div className="pb stack">
        <Tabs defaultValue="form" keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="form">{t('commands.form')}</Tabs.Tab>
            <Tabs.Tab value="json">JSON</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="form">
            {parsed.ok ? (
              <SchemaForm
                schema={schema}
                root={schema}
                value={parsed.value}
                hints={hints}
                onChange={(value) => setText(JSON.stringify(value, null, 2))}
              />
            ) : (
              <div className="note care">{t('commands.brokenJson')}</div>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="json">
            <textarea
              className="in"
              rows={14}
              spellCheck={false}
              aria-label={t('commands.payload')}
              aria-invalid={!parsed.ok}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Tabs.Panel>
        </Tabs>
        {!parsed.ok && <div className="note">{parsed.message}</div>}
        <Findings findings={findings} />
        {!thing.connected && (
          <label className="row">
            <input type="checkbox" checked={queue} onChange={(event) => setQueue(event.target.checked)} />
            {t('commands.queue')}
          </label>
        )}
        <div className="row wrap">
          <button type="submit" className="btn p" disabled={!maySend || !parsed.ok || send.isPending}>
            {t('commands.send')}
          </button>
          {!maySend && <span className="mut">{t('error.nextRole')}</span>}
          {send.isPending && (
            <span className="mut" role="status">
              {t('commands.waiting', { name: thing.thingName })}
            </span>
          )}
          {send.data && !send.isPending && <CommandAnswer command={send.data} announce />}
        </div>
        {send.isError && <ProblemNote error={send.error} />}
      </div>
      <ConfirmDialog
        open={asking}
        title={t('commands.confirmTitle', { action: action.action, name: thing.thingName })}
        confirmLabel={t('commands.confirm', { action: action.action })}
        onConfirm={run}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>
          {t(`effect.${action.action as 'Reset'}`, { name: thing.thingName, defaultValue: action.summary })}
        </p>
        {thing.state.transactions.length > 0 && (
          <div className="note care">{t('commands.sessionsRunning', { count: thing.state.transactions.length })}</div>
        )}
      </ConfirmDialog>
    </form>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation();
  if (findings.length === 0) return null;
  return (
    <ul className="note care" style={{ margin: 0, listStyle: 'none' }} aria-label={t('commands.findings')}>
      {findings.slice(0, 8).map((finding) => (
        <li key={`${finding.path} ${finding.rule}`}>
          <b className="m">{finding.path || '/'}</b> {t(`lint.${finding.rule}`, { limit: finding.limit })}
        </li>
      ))}
    </ul>
  );
}
