import { Checkbox, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
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
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={340} trapFocus returnFocus>
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
  const { save, remove } = useSaveSearch();
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
  const problem = error ?? save.error ?? remove.error;
  return (
    <div className="stack" style={{ gap: 8 }}>
      {problem && <ProblemNote error={problem} {...(error && { retry: () => void refetch() })} />}
      {data === undefined && !error && <div className="mut">{t('loading')}</div>}
      {data?.length === 0 && <div className="mut">{t('query.saved.none')}</div>}
      {data && data.length > 0 && (
        <ul className={styles.saved}>
          {data.map((each) => (
            <li key={each.id}>
              <button type="button" className={styles.savedName} title={each.query} onClick={() => apply(each.query)}>
                <b>{each.name}</b>{' '}
                {each.shared && (
                  <span className="mut">
                    {t('query.saved.isShared')} · {t('query.saved.of', { owner: each.createdBy })}
                  </span>
                )}
              </button>
              {each.removable && (
                <button
                  type="button"
                  className="btn small"
                  aria-label={t('query.saved.remove', { name: each.name })}
                  onClick={() => remove.mutate(each.id)}
                >
                  ✕
                </button>
              )}
            </li>
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
