import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../../lib/format.ts';
import { anyMessageQuery } from '../api/message-queries.ts';
import { filterOf, type MessageSearch, NO_FILTER } from '../api/message-search.ts';
import { partsOf, type QueryPart, without } from '../api/query-text.ts';

interface ListEndProps {
  count: number;
  loading: boolean;
  /** The search has come so far, and can go on; null when it cannot say how far. */
  searchedTo: string | null | undefined;
  onMore: () => void;
  search: MessageSearch;
  /** Inside a charge point's page: not to be loosened. */
  thingName: string | undefined;
  onSearch: (patch: Partial<Record<keyof MessageSearch, string | undefined>>) => void;
}

/** What stands under the last row: the way further back, or why there is no row at all. */
export function ListEnd({ count, loading, searchedTo, onMore, ...asked }: ListEndProps) {
  const { t, i18n } = useTranslation();
  if (loading) return <div className="pb mut">{t('loading')}</div>;
  if (searchedTo !== undefined) {
    return (
      <div className="pb row wrap">
        <span className="mut">
          {searchedTo === null
            ? t('query.searchedSome')
            : t('query.searchedTo', { time: dateTime(i18n.language, searchedTo) })}
        </span>
        <button type="button" className="btn" onClick={onMore}>
          {t('query.goOn')}
        </button>
      </div>
    );
  }
  return count > 0 ? null : <Nothing {...asked} />;
}

/** Asks of each filter whether there would be something without it. */
function Nothing({ search, thingName, onSearch }: Pick<ListEndProps, 'search' | 'thingName' | 'onSearch'>) {
  const { t } = useTranslation();
  const parts = partsOf(search).filter(({ keys }) => thingName === undefined || !keys.includes('thingName'));
  const found = useQueries({
    // With one filter, all that there is would come: that needs no asking.
    queries: (parts.length > 1 ? parts : []).map((part) => {
      const rest: MessageSearch = { ...search, ...without(part), ...(thingName !== undefined && { thingName }) };
      return anyMessageQuery(filterOf(rest));
    }),
  });
  const reasons = parts.filter((_part, index) => found[index]?.data === true);
  const [first] = parts;
  if (first === undefined) {
    return (
      <div className="empty">
        <h2>{t('empty.messages')}</h2>
        <p>{t('empty.messagesHint')}</p>
      </div>
    );
  }
  const offered = reasons.length > 0 ? reasons : parts;
  return (
    <div className="empty">
      <h2>{t('empty.messagesFiltered')}</h2>
      {search.unanswered === undefined && search.to === undefined && <p>{t('empty.messagesFilteredHint')}</p>}
      {parts.length > 1 && !found.some(({ isPending }) => isPending) && (
        <p>{t(reasons.length > 0 ? 'query.loosen' : 'query.loosenNone')}</p>
      )}
      <div className="row wrap" style={{ justifyContent: 'center' }}>
        {offered.map((part) => (
          <Loosen key={part.text} part={part} onSearch={onSearch} />
        ))}
      </div>
      <button type="button" className="btn" onClick={() => onSearch(NO_FILTER)}>
        {t('filter.clear')}
      </button>
    </div>
  );
}

function Loosen({ part, onSearch }: { part: QueryPart; onSearch: ListEndProps['onSearch'] }) {
  const { t } = useTranslation();
  const text = part.keys.includes('from') ? t('messages.timeRange') : part.text;
  return (
    <button type="button" className="chip" onClick={() => onSearch(without(part))}>
      {t('query.without', { text })} <span aria-hidden="true">✕</span>
    </button>
  );
}
