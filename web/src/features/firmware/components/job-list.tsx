import type { JobWithFiles } from '@cpo-console/shared/api/jobs.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { jobsQuery } from '../api/firmware-queries.ts';
import type { Order } from '../api/orders.ts';
import { JobDetails } from './job-details.tsx';
import { JobTag } from './job-tag.tsx';
import { LogFileLink } from './log-file-link.tsx';

interface JobListProps {
  thingName: string;
  /** The one whose history shows. */
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
  onOrder: (order: Order) => void;
}

/** Firmware updates and log uploads, the newest first, each with its history on demand. */
export function JobList({ thingName, chosen, onChoose, onOrder }: JobListProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(jobsQuery(thingName));
  const jobs = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel" aria-label={t('firmware.jobs')}>
      <div className="ph">
        <h2>{t('firmware.jobs')}</h2>
      </div>
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <SkeletonRows rows={4} />}
      {query.data && jobs.length === 0 && (
        <div className="empty">
          <h2>{t('firmware.none')}</h2>
          <p>{t('firmware.noneHint')}</p>
        </div>
      )}
      {jobs.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <section className="scroll" tabIndex={0} aria-label={t('firmware.jobs')}>
          <table className="plain">
            <thead>
              <tr>
                <th>{t('column.state')}</th>
                <th>{t('firmware.what')}</th>
                <th>{t('firmware.files')}</th>
                <th className="num">{t('firmware.changed')}</th>
                <th>{t('firmware.by')}</th>
              </tr>
            </thead>
            <tbody>
              {jobs.map((job) => (
                <Fragment key={job.id}>
                  <JobRow job={job} open={job.id === chosen} onChoose={onChoose} />
                  {job.id === chosen && (
                    <tr>
                      <td colSpan={5} style={{ background: 'var(--bg)', height: 'auto' }}>
                        <JobDetails job={job} onOrder={onOrder} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {query.hasNextPage && (
        <div className="pb">
          <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
            {t('action.more')}
          </button>
        </div>
      )}
    </section>
  );
}

interface JobRowProps {
  job: JobWithFiles;
  open: boolean;
  onChoose: JobListProps['onChoose'];
}

function JobRow({ job, open, onChoose }: JobRowProps) {
  const { t } = useTranslation();
  const { firmwareFile, location, files } = job;
  const name = firmwareFile ? [firmwareFile.name, firmwareFile.version].filter(Boolean).join(' ') : location;
  return (
    <tr>
      <td>
        <span className="row" style={{ gap: 6 }}>
          <button
            type="button"
            className="btn small quiet"
            aria-expanded={open}
            aria-label={t('firmware.historyOf', { what: `${t(`firmware.kind.${job.kind}`)} ${job.status}` })}
            title={t('firmware.history')}
            onClick={() => onChoose(open ? undefined : job.id)}
          >
            <span aria-hidden="true">{open ? '▾' : '▸'}</span>
          </button>
          <JobTag status={job.status} state={job.state} />
        </span>
      </td>
      <td style={{ maxWidth: 420 }}>
        <div className="row" style={{ gap: 8 }}>
          <span className="b" style={{ whiteSpace: 'nowrap' }}>
            {t(`firmware.kind.${job.kind}`)}
          </span>
          <span className="sub cut" title={name ?? ''}>
            {job.kind === 'log' && location?.includes('/uploads/') ? t('firmware.toHere') : name}
          </span>
        </div>
      </td>
      <td>
        <span className="row wrap" style={{ gap: 8 }}>
          {files.map((file) => (
            <LogFileLink key={file.id} file={file} />
          ))}
        </span>
      </td>
      <td className="num">
        <Age at={job.updatedAt} />
      </td>
      <td className="sub">{job.requestedBy ?? t('firmware.unasked')}</td>
    </tr>
  );
}
