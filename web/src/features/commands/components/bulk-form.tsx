import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useQueries } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { parseJson } from '../../../lib/json.ts';
import { useSendBulk } from '../api/bulk.ts';
import { type Action, actionsQuery, isDangerous } from '../api/commands.ts';
import { askedFor } from '../api/given-by-us.ts';
import { NOTHING_KNOWN, suggestFrom } from '../api/known-values.ts';
import { emptyTexts, initialValue } from '../api/schema.ts';
import { useActionHelp } from '../api/use-action-help.ts';
import { PayloadEditor } from './payload-editor.tsx';
import { QueueChoice } from './queue-choice.tsx';

interface BulkFormProps {
  things: readonly Thing[];
  action: Action;
  onStarted: (id: string) => void;
}

export function BulkForm({ things, action, onStarted }: BulkFormProps) {
  const { t } = useTranslation();
  const help = useActionHelp();
  const schema = useMemo(() => askedFor(action, 'many'), [action]);
  const [text, setText] = useState(() =>
    JSON.stringify(initialValue(schema, schema, suggestFrom(NOTHING_KNOWN)), null, 2),
  );
  const [queueSeconds, setQueueSeconds] = useState(0);
  const [asking, setAsking] = useState(false);
  const [warnedOf, setWarnedOf] = useState<string | null>(null);
  const send = useSendBulk();
  const fitting = useThoseThatKnow(things, action.action);
  const parsed = parseJson(text);
  const empty = parsed.ok ? emptyTexts(parsed.value, schema, schema) : [];
  const run = () => {
    setAsking(false);
    if (!parsed.ok) return;
    const thingNames = things.map(({ thingName }) => thingName);
    const queue = queueSeconds > 0 ? { queueSeconds } : {};
    send.mutate(
      { thingNames, action: action.action, payload: parsed.value, ...queue },
      { onSuccess: ({ id }) => onStarted(id) },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (empty.length > 0 && warnedOf !== text) setWarnedOf(text);
    else if (isDangerous(action.action)) setAsking(true);
    else run();
  };
  return (
    <form className="panel pb stack" onSubmit={submit} aria-label={action.action} noValidate>
      <div>
        <h2>{action.action}</h2>
        <span className="sub">{help(action)}</span>
      </div>
      <PayloadEditor schema={schema} known={NOTHING_KNOWN} text={text} onText={setText} />
      {things.some(({ connected }) => !connected) && (
        <QueueChoice label={t('bulk.queue')} seconds={queueSeconds} onSeconds={setQueueSeconds} />
      )}
      <p className="mut" style={{ margin: 0 }}>
        {t('bulk.goesTo', { count: fitting })}{' '}
        {fitting < things.length && t('bulk.leavesOut', { count: things.length - fitting })}
      </p>
      {warnedOf === text && empty.length > 0 && (
        <div className="note care" role="alert">
          {t('commands.empty', { members: empty.join(', '), send: t('bulk.send', { count: fitting }) })}
        </div>
      )}
      <div className="row">
        <button type="submit" className="btn p" disabled={!parsed.ok || fitting === 0 || send.isPending}>
          {t('bulk.send', { count: fitting })}
        </button>
      </div>
      {send.isError && <ProblemNote error={send.error} />}
      <ConfirmDialog
        open={asking}
        title={t('bulk.confirmTitle', { action: action.action, count: fitting })}
        confirmLabel={t('commands.confirm', { action: action.action })}
        onConfirm={run}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>{help(action)}</p>
        <SessionsRunning things={things} />
      </ConfirmDialog>
    </form>
  );
}

function SessionsRunning({ things }: { things: readonly Thing[] }) {
  const { t } = useTranslation();
  const count = things.reduce((sum, { state }) => sum + state.transactions.length, 0);
  if (count === 0) return null;
  return <div className="note care">{t('bulk.sessionsRunning', { count })}</div>;
}

/** How many there are whose OCPP version has the action. */
function useThoseThatKnow(things: readonly Thing[], action: string): number {
  const versions = [...new Set(things.flatMap(({ protocol }) => protocol ?? []))];
  const catalogues = useQueries({ queries: versions.map((version) => actionsQuery(version)) });
  const knowing = versions.filter((_, index) => catalogues[index]?.data?.some((each) => each.action === action));
  return things.filter(({ protocol }) => protocol !== null && knowing.includes(protocol)).length;
}
