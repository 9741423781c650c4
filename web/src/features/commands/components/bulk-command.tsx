import type { BulkCommand, BulkResult, BulkTargetState } from '@cpo-console/shared/api/commands.ts';
import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { JsonText } from '../../../components/ui/json-text.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { number } from '../../../lib/format.ts';
import { useMay } from '../../../lib/permissions.ts';
import { bulkCommandQuery, bulkResultsQuery, useStopBulk } from '../api/bulk.ts';
import { BulkRunTag, BulkTargetTag } from './bulk-state.tsx';

export interface BulkFilter {
  state?: BulkTargetState;
  word?: string;
}

interface BulkCommandViewProps {
  id: string;
  filter: BulkFilter;
  onFilter: (filter: BulkFilter) => void;
}

/** How far a bulk command is, and what came of it at each charge point. */
export function BulkCommandView({ id, filter, onFilter }: BulkCommandViewProps) {
  const { t, i18n } = useTranslation();
  const maySend = useMay('commands:support');
  const { data: bulk, error, refetch } = useQuery(bulkCommandQuery(id));
  const stop = useStopBulk(id);
  if (error && !bulk) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!bulk) return <SkeletonRows />;
  const ended = bulk.total - countOf(bulk, 'waiting') - countOf(bulk, 'sent');
  return (
    <>
      <div className="row wrap">
        <h1>{bulk.action}</h1>
        <BulkRunTag state={bulk.state} />
        <span className="sub">
          {t('list.shown', { count: bulk.total, number: number(i18n.language, bulk.total) })} · {bulk.sentBy} ·{' '}
          <Age at={bulk.createdAt} />
        </span>
        <span className="grow" />
        {bulk.state === 'running' && maySend && (
          <button type="button" className="btn" disabled={stop.isPending} onClick={() => stop.mutate()}>
            {t('bulk.stop')}
          </button>
        )}
      </div>
      {stop.isError && <ProblemNote error={stop.error} />}
      {bulk.state === 'running' && (
        <Progress
          value={(100 * ended) / bulk.total}
          aria-label={t('bulk.progress', {
            ended: number(i18n.language, ended),
            total: number(i18n.language, bulk.total),
          })}
        />
      )}
      <div className="row wrap" role="status">
        {bulk.counts.map(({ state, word, count }) => {
          const isOn = filter.state === state && (filter.word ?? null) === word;
          return (
            <button
              key={`${state} ${word}`}
              type="button"
              className={`chip ${isOn ? 'on' : ''}`}
              aria-pressed={isOn}
              onClick={() => onFilter(isOn ? {} : { state, ...(word !== null && { word }) })}
            >
              <BulkTargetTag state={state} word={word} /> <b>{number(i18n.language, count)}</b>
            </button>
          );
        })}
      </div>
      <Results bulk={bulk} filter={filter} />
      <details className="panel pb">
        <summary>{t('messages.request')}</summary>
        <JsonText value={bulk.payload} />
      </details>
    </>
  );
}

function Results({ bulk, filter }: { bulk: BulkCommand; filter: BulkFilter }) {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery(bulkResultsQuery(bulk.id, filter, JSON.stringify(bulk.counts)));
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonRows />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('bulk.results')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('column.name')}</th>
            <th>{t('bulk.result')}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((result) => (
            <ResultRow key={result.thingName} result={result} action={bulk.action} />
          ))}
        </tbody>
      </table>
      {data.nextCursor !== null && (
        <p className="pb mut">{t('bulk.more', { number: number(i18n.language, data.items.length) })}</p>
      )}
    </section>
  );
}

function ResultRow({ result, action }: { result: BulkResult; action: string }) {
  const name = result.thingName;
  return (
    <tr>
      <td>
        <Link to="/charge-points/$name" params={{ name }} search={{ tab: 'commands', command: action }}>
          {name}
        </Link>
      </td>
      <td>
        <BulkTargetTag state={result.state} word={result.word} />
      </td>
    </tr>
  );
}

const countOf = ({ counts }: BulkCommand, state: BulkTargetState): number =>
  counts.reduce((sum, each) => (each.state === state ? sum + each.count : sum), 0);
