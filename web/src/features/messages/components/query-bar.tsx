import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageSearch } from '../api/message-search.ts';
import { completionsOf, partsOf, type QueryPart, readQueryText, without } from '../api/query-text.ts';
import styles from './messages.module.css';
import { SavedSearches } from './saved-searches.tsx';

interface QueryBarProps {
  search: MessageSearch;
  onSearch: (patch: Partial<Record<keyof MessageSearch, string | undefined>>) => void;
  /** What is known of `thing:`, `action:` and `error:`. */
  values: Record<string, readonly string[]>;
  fixedThing: boolean;
}

/** Filters as they are typed; those that have no menu of their own show as chips. Backspace takes the last away. */
export function QueryBar({ search, onSearch, values, fixedThing }: QueryBarProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const list = useId();
  const chips = partsOf(search).filter((part) => hasNoMenu(part, search));
  const submit = () => {
    const patch = readQueryText(typed);
    if (patch === null) return;
    setTyped('');
    if (patch.thingName === undefined) onSearch(patch.path === undefined ? patch : { value: undefined, ...patch });
    else onSearch(fixedThing ? { q: typed.trim() } : { thingName: withThing(search.thingName, patch.thingName) });
  };
  return (
    <search className={styles.query}>
      {chips.map((chip) => (
        <button
          key={chip.text}
          type="button"
          className="chip on"
          aria-label={t('query.remove', { text: chip.text })}
          onClick={() => onSearch(without(chip))}
        >
          <b>{chip.text}</b> <span aria-hidden="true">✕</span>
        </button>
      ))}
      <input
        type="search"
        className="in"
        aria-label={t('query.label')}
        placeholder={`${t('query.placeholder')}  /`}
        title={t('query.help')}
        list={list}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          const last = chips.at(-1);
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) submit();
          if (event.key === 'Backspace' && typed === '' && last) onSearch(without(last));
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <datalist id={list}>
        {completionsOf(typed, values)
          .filter((completion) => !fixedThing || !completion.startsWith('thing:'))
          .map((completion) => (
            <option key={completion} value={completion} />
          ))}
      </datalist>
      <SavedSearches search={search} onSearch={onSearch} />
    </search>
  );
}

const CHIPS: ReadonlySet<keyof MessageSearch> = new Set([
  'messageId',
  'transactionId',
  'connectorId',
  'evseId',
  'unanswered',
  'path',
  'q',
]);

const hasNoMenu = ({ keys }: QueryPart, search: MessageSearch): boolean =>
  keys.some((key) => CHIPS.has(key) || (key === 'violation' && search.violation !== 'true'));

/** Any of these: another one beside those that are chosen. */
const withThing = (names: string | undefined, name: string): string =>
  [...new Set([...(names?.split(',') ?? []), name])].join();
