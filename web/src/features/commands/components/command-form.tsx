import type { Thing } from '@cpo-console/shared/api/things.ts';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { parseJson } from '../../../lib/json.ts';
import { useMay } from '../../../lib/permissions.ts';
import { type Action, isDangerous, useSendCommand } from '../api/commands.ts';
import { askedFor } from '../api/given-by-us.ts';
import { type KnownValues, suggestFrom } from '../api/known-values.ts';
import { emptyTexts, initialValue } from '../api/schema.ts';
import { useActionHelp } from '../api/use-action-help.ts';
import { PayloadEditor } from './payload-editor.tsx';
import { QueueChoice } from './queue-choice.tsx';

interface CommandFormProps {
  thing: Thing;
  action: Action;
  known: KnownValues;
  /** What it begins with, instead of what the schema suggests. */
  payload?: unknown;
}

export function CommandForm({ thing, action, known, payload }: CommandFormProps) {
  const { t } = useTranslation();
  const help = useActionHelp();
  const maySend = useMay('commands:support');
  const schema = useMemo(() => askedFor(action), [action]);
  const [text, setText] = useState(() =>
    JSON.stringify(payload ?? initialValue(schema, schema, suggestFrom(known)), null, 2),
  );
  const [asking, setAsking] = useState(false);
  const [warnedOf, setWarnedOf] = useState<string | null>(null);
  const [queueSeconds, setQueueSeconds] = useState(0);
  const send = useSendCommand(thing.thingName);
  const parsed = parseJson(text);
  const empty = parsed.ok ? emptyTexts(parsed.value, schema, schema) : [];
  const linksFor = useMemo(
    () => ({ thingName: thing.thingName, action: action.action }),
    [thing.thingName, action.action],
  );
  const run = () => {
    setAsking(false);
    if (parsed.ok)
      send.mutate({
        action: action.action,
        payload: parsed.value,
        ...(queueSeconds > 0 && !thing.connected && { queueSeconds }),
      });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (empty.length > 0 && warnedOf !== text) setWarnedOf(text);
    else if (isDangerous(action.action)) setAsking(true);
    else run();
  };
  return (
    <form className="panel" onSubmit={submit} aria-label={action.action} noValidate>
      <div className="ph row wrap">
        <h2>{action.action}</h2>
        <span className="sub grow">{help(action)}</span>
      </div>
      <div className="pb stack">
        {payload !== undefined && text.includes('•••') && <div className="note care">{t('commands.masked')}</div>}
        <PayloadEditor schema={schema} known={known} linksFor={linksFor} text={text} onText={setText} />
        {!thing.connected && (
          <QueueChoice label={t('commands.queue')} seconds={queueSeconds} onSeconds={setQueueSeconds} />
        )}
        {warnedOf === text && empty.length > 0 && (
          <div className="note care" role="alert">
            {t('commands.empty', { members: empty.join(', '), send: t('commands.send') })}
          </div>
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
          {t(`effect.${action.action as 'Reset'}`, { name: thing.thingName, defaultValue: help(action) })}
        </p>
        {thing.state.transactions.length > 0 && (
          <div className="note care">{t('commands.sessionsRunning', { count: thing.state.transactions.length })}</div>
        )}
      </ConfirmDialog>
    </form>
  );
}
