import type { ImportedLog } from '@cpo-console/shared/api/log.ts';
import { messagesOf, pairExchanges } from '@cpo-console/shared/message-log/exchanges.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Findings } from '../../../components/ui/findings.tsx';
import { PinButton } from '../../../components/ui/pin-button.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { useLive } from '../../../live/live-provider.tsx';
import type { MessageFilter } from '../../../live/message-filter.ts';
import { importQuery } from '../api/import-queries.ts';
import { exchangeQuery } from '../api/message-queries.ts';
import { filterOf, type MessageSearch, NO_FILTER } from '../api/message-search.ts';
import { ExportButton } from './export-dialog.tsx';
import { FleetFindings } from './fleet-findings.tsx';
import { Histogram, useRange } from './histogram.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { ImportedBanner } from './imported-banner.tsx';
import { ListEnd } from './list-end.tsx';
import { MessageDetail } from './message-detail.tsx';
import { MessageFilters } from './message-filters.tsx';
import { MessageList } from './message-list.tsx';
import styles from './messages.module.css';
import { Tail } from './tail.tsx';
import { useLiveRows, useUnshown } from './use-live-rows.ts';
import { useRowKeys } from './use-row-keys.ts';

interface MessagesProps {
  search: MessageSearch;
  onSearch: (patch: Partial<Record<keyof MessageSearch, string | undefined>>) => void;
  /** Inside a charge point's page: its messages, no others. */
  thingName?: string;
  heading: boolean;
}

export function Messages({ search, onSearch, thingName, heading }: MessagesProps) {
  const { t } = useTranslation();
  const filter = useMemo(
    () => filterOf(thingName === undefined ? search : { ...search, thingName }),
    [search, thingName],
  );
  const mayImport = useMay('messages:import');
  const [importing, setImporting] = useState(false);
  const { data: imported } = useQuery({ ...importQuery(filter.import ?? ''), enabled: filter.import !== undefined });
  const range = useRange(filter, imported);
  const [paused, setPaused] = useState(false);
  const [atTop, setAtTop] = useState(true);
  const selected = search.message;
  const hold = paused || !atTop || selected !== undefined;
  const { query, shown, waiting, more, follow, showAll } = useLiveRows({ filter, raw: search.view === 'raw', hold });
  const unshown = useUnshown(filter);
  const searchedTo = query.data?.pages.at(-1)?.searchedTo;
  useLive({ messages: true, filter, ...(filter.thingName !== undefined && { thingName: filter.thingName }) });
  const select = useCallback((id: string | undefined) => onSearch({ message: id }), [onSearch]);
  useRowKeys({ rows: shown, selected, onSelect: select });
  const open = useSelected(shown, selected, filter.import);
  const showNew = () => {
    setPaused(false);
    void follow();
  };
  const pause = (now: boolean) => {
    setPaused(now);
    // What was left out meanwhile is in the log.
    if (!now && unshown > 0) void showAll();
  };
  return (
    <>
      <div className="row wrap">
        {heading && <h1>{t('nav.messages')}</h1>}
        {filter.import === undefined && (
          <Tail
            over={whyOver(filter)}
            paused={paused}
            onPaused={pause}
            unshown={unshown}
            onShowAll={() => {
              setPaused(true);
              void showAll();
            }}
          />
        )}
        <span className="grow" />
        <button
          type="button"
          className="chip"
          aria-pressed={search.view === 'raw'}
          onClick={() => onSearch({ view: search.view === 'raw' ? undefined : 'raw' })}
        >
          {search.view === 'raw' ? t('messages.showExchanges') : t('messages.showRaw')}
        </button>
        {filter.thingName !== undefined && (
          <Link
            to="/replay/$name"
            params={{ name: filter.thingName }}
            search={replayOf(filter, imported)}
            className="btn"
          >
            {t('replay.open')}
          </Link>
        )}
        {filter.thingName !== undefined && filter.import === undefined && (
          <PinButton thingName={filter.thingName} range={range} />
        )}
        <ExportButton filter={filter} range={range} />
        {heading && mayImport && (
          <button type="button" className="btn" onClick={() => setImporting(true)}>
            {t('imports.import')}
          </button>
        )}
      </div>
      {imported && <ImportedBanner imported={imported} onSearch={onSearch} />}
      {importing && (
        <ImportDialog
          onClose={() => setImporting(false)}
          onOpen={(id) => {
            setImporting(false);
            onSearch({ ...NO_FILTER, import: id });
          }}
        />
      )}
      <MessageFilters search={search} onSearch={onSearch} fixedThing={thingName !== undefined} />
      <Histogram filter={filter} imported={imported} onRange={onSearch} />
      {filter.thingName !== undefined && (
        <Findings
          range={{ ...range, thingName: filter.thingName, ...(filter.import && { import: filter.import }) }}
          onMessage={select}
        />
      )}
      {filter.thingName === undefined && (
        <FleetFindings range={{ ...range, ...(filter.import && { import: filter.import }) }} />
      )}
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      <div className={styles.two} data-detail={open !== undefined}>
        {query.isPending && (
          <div className="panel">
            <SkeletonRows rows={14} />
          </div>
        )}
        {query.data && (
          <MessageList
            rows={shown}
            waiting={waiting}
            onFollow={showNew}
            onTop={setAtTop}
            onEnd={searchedTo === undefined ? more : stay}
            selected={selected}
            onSelect={select}
            withName={filter.thingName === undefined}
            mayClaimNoAnswer={search.view !== 'raw'}
            footer={
              <ListEnd
                count={shown.length}
                loading={query.isFetchingNextPage}
                searchedTo={searchedTo}
                onMore={more}
                search={search}
                thingName={thingName}
                onSearch={onSearch}
              />
            }
          />
        )}
        {open && <MessageDetail exchange={open} importId={filter.import} onSelect={select} />}
      </div>
    </>
  );
}

/** The range that is looked at, in a replay. */
function replayOf(filter: MessageFilter, imported: ImportedLog | undefined) {
  const from = filter.from ?? imported?.from ?? undefined;
  const to = filter.to ?? (imported?.to ? new Date(Date.parse(imported.to) + 1).toISOString() : undefined);
  return { ...(from && { from }), ...(to && { to }), ...(filter.import && { import: filter.import }) };
}

/** A search that took its time goes on when it is asked to. */
const stay = () => undefined;

function whyOver({ to, unanswered }: MessageFilter): 'range' | 'unanswered' | null {
  if (to !== undefined && Date.parse(to) < Date.now()) return 'range';
  return unanswered === undefined ? null : 'unanswered';
}

/** The row that the address names: from the list, or fetched when a link leads to one further down. */
function useSelected(
  shown: ReturnType<typeof pairExchanges>,
  selected: string | undefined,
  importId: string | undefined,
) {
  const listed =
    shown.find((row) => row.id === selected) ??
    shown.find((row) => messagesOf(row).some((message) => message.id === selected));
  const { data } = useQuery({
    ...exchangeQuery(selected ?? '', importId === undefined ? {} : { import: importId }),
    enabled: selected !== undefined && listed === undefined,
  });
  return listed ?? (selected !== undefined && data ? pairExchanges(data.items)[0] : undefined);
}
