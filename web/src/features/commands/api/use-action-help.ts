import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../../live/query-keys.ts';
import type { Action } from './commands.ts';

type Described = Pick<Action, 'action' | 'summary'>;

/** The line that says what an action is for, in the language of the console. The server has the English one. */
export function useActionHelp(): (action: Described) => string {
  const help = useJapanese()?.HELP;
  return ({ action, summary }) => help?.[action] ?? summary;
}

/** The heading of a group of actions. */
export function useBlockName(): (block: string) => string {
  const blocks = useJapanese()?.BLOCKS;
  return (block) => blocks?.[block] ?? block;
}

function useJapanese() {
  const { i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: keys.commands.help,
    queryFn: () => import('./action-help.ja.ts'),
    enabled: i18n.language === 'ja',
    staleTime: Number.POSITIVE_INFINITY,
  });
  return i18n.language === 'ja' ? data : undefined;
}
