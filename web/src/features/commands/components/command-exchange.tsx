import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { JsonText } from '../../../components/ui/json-text.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Clock } from '../../../components/ui/time.tsx';
import { number } from '../../../lib/format.ts';
import { parseJson } from '../../../lib/json.ts';
import { exchangeQuery } from '../api/commands.ts';

/** What went over the wire for a command: both frames, and how long the answer took. */
export function CommandExchange({ command }: { command: Command }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery({
    ...exchangeQuery(command),
    enabled: command.messageId !== null,
  });
  if (command.messageId === null) {
    return (
      <>
        <span className="label">{t('messages.request')}</span>
        <JsonText value={command.payload} />
        <p className="mut">{t('commands.notOnTheWire')}</p>
      </>
    );
  }
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={2} />;
  return data.map((message) => <Frame key={message.id} message={message} />);
}

function Frame({ message }: { message: Message }) {
  const { t, i18n } = useTranslation();
  const parsed = parseJson(message.frame);
  const marks = (message.violations ?? []).map(({ path }) => framePath(message, path));
  return (
    <>
      <div className="row wrap" style={{ gap: 8 }}>
        <span className="label">{t(message.direction === 'out' ? 'messages.request' : 'messages.answer')}</span>
        <span className="mut">
          <Clock at={message.at} />
          {message.latencyMs !== undefined && ` · ${number(i18n.language, message.latencyMs)} ms`}
        </span>
      </div>
      <JsonText value={parsed.ok ? parsed.value : message.frame} marks={marks} />
    </>
  );
}

/** Violations point into the payload, which is the fourth part of a CALL and the third of its answer. */
const framePath = ({ kind }: Message, path: string): string => `/${kind === 'call' ? 3 : 2}${path}`;
