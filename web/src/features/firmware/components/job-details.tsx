import type { JobWithFiles, LogFile } from '@cpo-console/shared/api/jobs.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { api } from '../../../lib/api-client.ts';
import { textAt } from '../../../lib/json.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';
import type { Order } from '../api/orders.ts';
import { StatusWord } from './job-tag.tsx';
import { LogFileLink } from './log-file-link.tsx';

/** The history of one job, who said what when, with the way to its frames. */
export function JobDetails({ job, onOrder }: { job: JobWithFiles; onOrder: (order: Order) => void }) {
  const { t } = useTranslation();
  const mayUpdate = useMay('firmware:write');
  const checksum = textAt(job.request, 'checksum');
  return (
    <div
      className="stack"
      // Where the table is wider than the screen, its beginning stays in sight.
      style={{ padding: '8px 0', position: 'sticky', left: 12, maxWidth: 'calc(100vw - 48px)' }}
    >
      <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {job.history.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a history only grows at its end
          <li key={index} className="row wrap" style={{ gap: '0 14px', minHeight: 24 }}>
            <span className="m mut">
              <DateTime at={step.at} />
            </span>
            <span className="mut" style={{ minWidth: 92 }}>
              {t(`firmware.source.${step.source}`)}
            </span>
            <span className="b">
              <StatusWord status={step.status} />
            </span>
            {step.info !== null && (
              <span className="sub" style={{ overflowWrap: 'anywhere' }}>
                {step.info}
              </span>
            )}
          </li>
        ))}
      </ol>
      <div className="row wrap">
        {job.location !== null && (
          <span className="m sub" style={{ overflowWrap: 'anywhere' }}>
            {job.location}
          </span>
        )}
        <Link
          to="/charge-points/$name"
          params={{ name: job.thingName }}
          search={{ tab: 'messages', action: job.action }}
        >
          {t('firmware.frames')}
        </Link>
        {mayUpdate && job.status === 'Published' && checksum !== null && (
          <button type="button" className="btn small" onClick={() => onOrder({ kind: 'unpublish', checksum })}>
            {t('firmware.unpublish')}
          </button>
        )}
        {job.files.map((file) => (
          <DeleteLogFile key={file.id} file={file} />
        ))}
      </div>
    </div>
  );
}

function DeleteLogFile({ file }: { file: LogFile }) {
  const { t } = useTranslation();
  const may = useMay('logs:delete');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.delete(`/log-files/${file.id}`),
    onSuccess: async () => {
      setAsking(false);
      await client.invalidateQueries({ queryKey: keys.records.of({ thingName: file.thingName, records: 'firmware' }) });
    },
  });
  if (!may) return null;
  const title = t('firmware.deleteLog', { name: file.fileName });
  return (
    <>
      <button type="button" className="btn small quiet" onClick={() => setAsking(true)}>
        {title}
      </button>
      <ConfirmDialog
        open={asking}
        title={title}
        confirmLabel={t('firmware.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>{t('firmware.deleteLogEffect', { name: file.thingName })}</p>
        <LogFileLink file={file} />
      </ConfirmDialog>
    </>
  );
}
