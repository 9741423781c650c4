import type { Command } from '@cpo-console/shared/api/commands.ts';
import { answerWord, isAccepting } from '@cpo-console/shared/ocpp/answer-word.ts';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { answerFacts } from '../../lib/answer-facts.ts';
import { answerWords, callErrorWords } from '../../lib/answer-words.ts';
import { number } from '../../lib/format.ts';
import type { IconName } from './icons.tsx';
import { Tag, type Tone } from './tag.tsx';

const LOOK: Record<Command['status'], [tone: Tone, icon: IconName]> = {
  queued: ['warn', 'clock'],
  sent: ['warn', 'half'],
  answered: ['ok', 'check'],
  error: ['bad', 'triangle'],
  timeout: ['bad', 'clock'],
  'not-connected': ['off', 'ring'],
  expired: ['off', 'clock'],
  cancelled: ['off', 'cross'],
};

const tookMs = (command: Command): number | null =>
  command.sentAt && command.answeredAt ? Date.parse(command.answeredAt) - Date.parse(command.sentAt) : null;

/** "Accepted in 214 ms", with the way to the frames that say so. */
export function CommandAnswer({ command, announce = false }: { command: Command; announce?: boolean }) {
  const { t, i18n } = useTranslation();
  const took = tookMs(command);
  const word = answerWord(command.response);
  const meaning = meaningOf(t, command, word);
  const [tone, icon] =
    command.status === 'answered' && word && !isAccepting(word) ? (['warn', 'cross'] as const) : LOOK[command.status];
  const said =
    command.status === 'answered'
      ? (word ?? t('command.answered'))
      : command.status === 'error'
        ? (command.error?.code ?? t('command.error'))
        : t(`command.${command.status}`);
  const text =
    took !== null && (command.status === 'answered' || command.status === 'error')
      ? t('command.in', { said, took: number(i18n.language, took) })
      : said;
  return (
    <span className="row wrap" style={{ gap: 8 }} {...(announce && { role: 'status' })}>
      <Tag tone={tone} icon={icon}>
        {text}
      </Tag>
      {meaning !== null && <span className="sub">{meaning}</span>}
      {command.error?.description && <q className="sub">{command.error.description}</q>}
      <AnswerFacts command={command} />
      {command.messageId && (
        <Link
          to="/charge-points/$name"
          params={{ name: command.thingName }}
          search={{ tab: 'messages', action: command.action }}
          style={{ lineHeight: '24px' }}
        >
          {t('command.exchange')}
        </Link>
      )}
    </span>
  );
}

function meaningOf(t: TFunction, { status, action, error }: Command, word: string | null): string | null {
  if (status === 'answered') return answerWords(t, action, word);
  return error ? callErrorWords(t, error.code) : null;
}

/** What the answer tells beside its word. */
function AnswerFacts({ command }: { command: Command }) {
  const { t, i18n } = useTranslation();
  const facts = answerFacts(command);
  if (facts.length === 0) return null;
  const words = facts.map(({ key, count = 0, text = '' }) =>
    t(`answer.${key}`, { count, number: number(i18n.language, count), text }),
  );
  return (
    <span className="sub" style={{ overflowWrap: 'anywhere' }}>
      {words.join(' · ')}
    </span>
  );
}
