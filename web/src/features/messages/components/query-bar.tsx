import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../../lib/format.ts';
import type { MessageSearch } from '../api/message-search.ts';
import { type Chip, chipsOf, completionsOf, type FilterPatch, readQueryText } from '../api/query-text.ts';
import styles from './messages.module.css';
import { SavedSearches } from './saved-searches.tsx';

interface QueryBarProps {
  search: MessageSearch;
  onSearch: (patch: FilterPatch) => void;
  /** What is known of `thing:`, `action:` and `error:`. */
  values: Record<string, readonly string[]>;
  fixedThing: boolean;
}

/** All filters, however they were set: as they are typed, and each as a chip. The arrow keys go along the chips. */
export function QueryBar({ search, onSearch, values, fixedThing }: QueryBarProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const { thingName: _page, ...ofPage } = search;
  const chips = chipsOf(fixedThing ? ofPage : search);
  const submit = () => {
    const patch = readQueryText(typed);
    if (patch === null) return;
    setTyped('');
    if (patch.thingName === undefined) onSearch(patch);
    else if (fixedThing) onSearch({ q: typed.trim() });
    else onSearch({ ...patch, thingName: withThings(search.thingName, patch.thingName) });
  };
  const remove = (chip: Chip) => {
    input.current?.focus();
    onSearch(chip.without);
  };
  const inInput = (event: KeyboardEvent<HTMLInputElement>) => {
    const last = chips.at(-1);
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) submit();
    if (event.key === 'Backspace' && typed === '' && last) remove(last);
    if (event.key !== 'Escape') return;
    // The browser's own would do it too, but not tell.
    event.preventDefault();
    if (typed === '') event.currentTarget.blur();
    else setTyped('');
  };
  const onChip = (event: KeyboardEvent, chip: Chip) => {
    if (event.key === 'Backspace' || event.key === 'Delete') remove(chip);
    else if (event.key === 'Escape') input.current?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <search className={styles.query} onKeyDown={alongChips}>
      {chips.map((chip) => (
        <FilterChip key={chip.text} chip={chip} onRemove={() => remove(chip)} onKey={(event) => onChip(event, chip)} />
      ))}
      <input
        ref={input}
        type="search"
        className="in"
        data-stop
        aria-label={t('query.label')}
        placeholder={`${t('query.placeholder')}  /`}
        title={t('query.help')}
        list={list}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={inInput}
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

interface FilterChipProps {
  chip: Chip;
  onRemove: () => void;
  onKey: (event: KeyboardEvent) => void;
}

function FilterChip({ chip, onRemove, onKey }: FilterChipProps) {
  const { t, i18n } = useTranslation();
  const text = chip.isRange ? rangeText(chip, i18n.language) : chip.text;
  return (
    <button
      type="button"
      className="chip on"
      data-stop
      aria-label={t('query.remove', { text })}
      onClick={onRemove}
      onKeyDown={onKey}
    >
      <b>{text}</b> <span aria-hidden="true">✕</span>
    </button>
  );
}

const rangeText = ({ text }: Chip, language: string): string =>
  text
    .split('…')
    .map((instant) => (instant === '' ? '…' : dateTime(language, instant)))
    .join(' – ');

/** From the start of what is typed to the left, and from chip to chip. */
function alongChips(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  const { target } = event;
  if (step === 0 || (target instanceof HTMLInputElement && (step === 1 || target.selectionEnd !== 0))) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')];
  const next = stops[stops.indexOf(target as HTMLElement) + step];
  if (!stops.includes(target as HTMLElement) || next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** Any of these: others beside those that are chosen. */
const withThings = (names: string | undefined, others: string): string =>
  [...new Set([...(names?.split(',') ?? []), ...others.split(',')])].join();
