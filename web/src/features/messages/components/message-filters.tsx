import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import { ERROR_CODE_SPELLINGS } from '@cpo-console/shared/ocpp-j/error-codes.ts';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { FacetMenu } from '../../../components/ui/facet-menu.tsx';
import { number } from '../../../lib/format.ts';
import { thingsQuery } from '../../../lib/thing-queries.ts';
import { KINDS, LATENCIES, type MessageSearch } from '../api/message-search.ts';
import styles from './messages.module.css';
import { QueryBar } from './query-bar.tsx';
import { SuggestField } from './suggest-field.tsx';

const ALL_ACTIONS = [...new Set(Object.values(ACTIONS).flatMap((table) => Object.keys(table)))].sort();
const RANGES = [15, 60, 1440, 10080] as const;
const MINUTE_MS = 60_000;

interface MessageFiltersProps {
  search: MessageSearch;
  onSearch: (patch: Partial<Record<keyof MessageSearch, string | undefined>>) => void;
  /** The list of one charge point cannot be turned to another. */
  fixedThing: boolean;
}

/** Has nothing to do with the rows that come several times a second. */
export const MessageFilters = memo(function MessageFilters({ search, onSearch, fixedThing }: MessageFiltersProps) {
  const { t, i18n } = useTranslation();
  const { data: things = [] } = useQuery({ ...thingsQuery, enabled: !fixedThing });
  // No charge point's name has a comma.
  const names = search.thingName?.split(',') ?? [];
  const thingNames = things.map((thing) => thing.thingName);
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  const range = (minutes: string | undefined) =>
    onSearch({ from: minutes && new Date(Date.now() - Number(minutes) * MINUTE_MS).toISOString(), to: undefined });
  return (
    <div className={styles.chips}>
      <QueryBar
        search={search}
        onSearch={onSearch}
        values={{ thing: thingNames, action: ALL_ACTIONS, error: ERROR_CODE_SPELLINGS }}
        fixedThing={fixedThing}
      />
      {!fixedThing && (
        <SuggestField
          label={t(names.length === 0 ? 'messages.chargePoint' : 'messages.another')}
          options={thingNames.filter((name) => !names.includes(name))}
          onChoose={(name) => onSearch({ thingName: [...names, name].join() })}
        />
      )}
      <SuggestField label={t('messages.action')} options={ALL_ACTIONS} onChoose={(action) => onSearch({ action })} />
      <FacetMenu
        label={t('messages.direction')}
        value={search.direction}
        options={[
          { value: 'in', label: t('messages.in') },
          { value: 'out', label: t('messages.out') },
        ]}
        onChange={(direction) => onSearch({ direction })}
      />
      <FacetMenu
        label={t('messages.kind')}
        value={search.kind}
        options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        onChange={(kind) => onSearch({ kind })}
      />
      <FacetMenu
        label={t('messages.errorCode')}
        value={search.errorCode}
        options={plain(ERROR_CODE_SPELLINGS)}
        onChange={(errorCode) => onSearch({ errorCode })}
      />
      <FacetMenu
        label={t('messages.latencyOver')}
        value={search.latencyOver}
        options={LATENCIES.map((ms) => ({
          value: ms,
          label: t('messages.milliseconds', { ms: number(i18n.language, Number(ms)) }),
        }))}
        onChange={(latencyOver) => onSearch({ latencyOver })}
      />
      <button
        type="button"
        className={search.violation === 'true' ? 'chip on' : 'chip'}
        aria-pressed={search.violation === 'true'}
        onClick={() => onSearch({ violation: search.violation === 'true' ? undefined : 'true' })}
      >
        {t('messages.withViolation')}
      </button>
      <FacetMenu
        label={t('messages.timeRange')}
        value={search.from === undefined && search.to === undefined ? undefined : ''}
        chosenLabel={t('messages.chosen')}
        options={RANGES.map((minutes) => ({ value: String(minutes), label: t(`range.m${minutes}`) }))}
        onChange={range}
      />
    </div>
  );
});
