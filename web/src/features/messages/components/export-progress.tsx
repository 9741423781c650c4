import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { ApiError } from '../../../lib/api-client.ts';
import { dateTime, number } from '../../../lib/format.ts';
import { exportQuery, isUnderWay, stopExport } from '../api/export-queries.ts';

/** How far a download is: by the time of the last message in it, as nobody has counted them before. */
export function ExportProgress({ id, range }: { id: string; range: { from: string; to: string } }) {
  const { t, i18n } = useTranslation();
  const { data, error } = useQuery(exportQuery(id));
  const stop = useMutation({ mutationFn: () => stopExport(id) });
  if (error instanceof ApiError && error.status === 404) return <p role="alert">{t('exports.notBegun')}</p>;
  if (error) return <ProblemNote error={error} />;
  const { status, rows, at, problem } = data ?? WAITING;
  const from = Date.parse(range.from);
  const share = at === null ? 0 : Math.min(1, Math.max(0, (Date.parse(at) - from) / (Date.parse(range.to) - from)));
  return (
    <div className="stack" style={{ gap: 6 }} role="status">
      <progress
        style={{ width: '100%' }}
        aria-label={t('exports.progress')}
        max={1}
        {...(status === 'done' ? { value: 1 } : at !== null && { value: share })}
      />
      <div className="row wrap">
        <span>
          {t(`exports.status.${status}`)} · {t('imports.frames', { rows: number(i18n.language, rows) })}
          {status === 'running' && at !== null && ` · ${dateTime(i18n.language, at)}`}
        </span>
        <span className="grow" />
        {data && isUnderWay(data) && (
          <button type="button" className="btn small quiet" disabled={stop.isPending} onClick={() => stop.mutate()}>
            {t('imports.cancel')}
          </button>
        )}
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      {stop.error && <ProblemNote error={stop.error} />}
    </div>
  );
}

const WAITING = { status: 'preparing', rows: 0, at: null, problem: null } as const;
