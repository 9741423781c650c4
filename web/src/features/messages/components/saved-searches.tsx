import type { SavedSearch } from '@cpo-console/shared/api/saved-searches.ts';
import { Checkbox, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { parseSearch, stringifySearch } from '../../../lib/search.ts';
import { type MessageSearch, NO_FILTER, onlyFilters, readMessageSearch } from '../api/message-search.ts';
import { savedSearchesQuery, useSaveSearch } from '../api/saved-search-queries.ts';
import styles from './messages.module.css';

interface SavedSearchesProps {
  search: MessageSearch;
  onSearch: (patch: Partial<Record<keyof MessageSearch, string | undefined>>) => void;
}

/** Filters under a name: one's own and those that others share. */
export function SavedSearches(props: SavedSearchesProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={380} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="btn" onClick={() => setOpen(!open)}>
          {t('query.saved.open')} <span aria-hidden="true">▾</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('query.saved.open')}>
        <Searches {...props} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Searches({ search, onSearch, onDone }: SavedSearchesProps & { onDone: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(savedSearchesQuery);
  const { save, rename, remove } = useSaveSearch();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const query = stringifySearch({ ...onlyFilters(search) }).slice(1);
  const apply = (saved: string) => {
    onSearch({ ...NO_FILTER, ...onlyFilters(readMessageSearch(parseSearch(saved))) });
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name, query, shared }, { onSuccess: () => setName('') });
  };
  const problem = error ?? save.error ?? rename.error ?? remove.error;
  return (
    <div className="stack" style={{ gap: 8 }}>
      {problem && <ProblemNote error={problem} {...(error && { retry: () => void refetch() })} />}
      {data === undefined && !error && <div className="mut">{t('loading')}</div>}
      {data?.length === 0 && <div className="mut">{t('query.saved.none')}</div>}
      {data && data.length > 0 && (
        <ul className={styles.saved}>
          {data.map((each) => (
            <Saved
              key={each.id}
              saved={each}
              onApply={() => apply(each.query)}
              onRename={(name) => rename.mutate({ id: each.id, name })}
              onRemove={() => remove.mutate(each.id)}
            />
          ))}
        </ul>
      )}
      {query === '' ? (
        <div className="mut">{t('query.saved.nothing')}</div>
      ) : (
        <form className="stack" style={{ gap: 8 }} onSubmit={submit}>
          <div className="row">
            <input
              className="in grow"
              aria-label={t('query.saved.name')}
              placeholder={t('query.saved.name')}
              maxLength={80}
              required
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <button type="submit" className="btn p" disabled={name.trim() === '' || save.isPending}>
              {t('query.saved.save')}
            </button>
          </div>
          <Checkbox
            size="xs"
            label={t('query.saved.shared')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        </form>
      )}
    </div>
  );
}

interface SavedProps {
  saved: SavedSearch;
  onApply: () => void;
  onRename: (name: string) => void;
  onRemove: () => void;
}

function Saved({ saved: { name, query, shared, createdBy, removable }, onApply, onRename, onRemove }: SavedProps) {
  const { t } = useTranslation();
  const [newName, setNewName] = useState<string | null>(null);
  if (newName !== null) {
    const submit = (event: FormEvent) => {
      event.preventDefault();
      setNewName(null);
      if (newName.trim() !== name) onRename(newName);
    };
    return (
      <li>
        <form className="row grow" onSubmit={submit}>
          <input
            className="in grow"
            aria-label={t('query.saved.newName', { name })}
            maxLength={80}
            required
            pattern=".*\S.*"
            // biome-ignore lint/a11y/noAutofocus: whoever asked for it goes on typing
            autoFocus
            value={newName}
            onChange={(event) => setNewName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              // Only the name is given up, not the list.
              event.stopPropagation();
              setNewName(null);
            }}
          />
          <button type="submit" className="btn p">
            {t('query.saved.save')}
          </button>
        </form>
      </li>
    );
  }
  return (
    <li>
      <button type="button" className={styles.savedName} title={query} onClick={onApply}>
        <b>{name}</b>{' '}
        {shared && (
          <span className="mut">
            {t('query.saved.isShared')} · {t('query.saved.of', { owner: createdBy })}
          </span>
        )}
      </button>
      <CopyButton text={() => `${location.origin}/messages?${query}`} label={t('query.saved.link')} />
      {removable && (
        <>
          <button
            type="button"
            className="btn small"
            aria-label={t('query.saved.rename', { name })}
            onClick={() => setNewName(name)}
          >
            ✎
          </button>
          <button type="button" className="btn small" aria-label={t('query.saved.remove', { name })} onClick={onRemove}>
            ✕
          </button>
        </>
      )}
    </li>
  );
}
