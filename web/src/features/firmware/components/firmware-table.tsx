import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { api, apiUrl } from '../../../lib/api-client.ts';
import { bytes } from '../../../lib/format.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';

interface FirmwareTableProps {
  files: FirmwareFile[];
  onEdit: (file: FirmwareFile) => void;
}

export function FirmwareTable({ files, onEdit }: FirmwareTableProps) {
  const { t, i18n } = useTranslation();
  const may = useMay('firmware:write');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('firmware.store')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('firmware.name')}</th>
            <th>{t('column.model')}</th>
            <th className="num">{t('firmware.size')}</th>
            <th>SHA-256</th>
            <th>{t('firmware.signature.label')}</th>
            <th>{t('firmware.inUse')}</th>
            <th>{t('firmware.uploaded')}</th>
            <th>
              <span className="hide">{t('firmware.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.id}>
              <td style={{ maxWidth: 260 }}>
                <div className="cut" title={file.note ?? ''}>
                  <span className="b">{file.name}</span> <span className="sub">{file.version}</span>
                  {file.note && <div className="mut cut">{file.note}</div>}
                </div>
              </td>
              <td>{[file.vendor, file.model].filter(Boolean).join(' ') || <span className="mut">—</span>}</td>
              <td className="num">{bytes(i18n.language, file.bytes)}</td>
              <td>
                <span className="row" style={{ gap: 6 }}>
                  <span className="m" title={file.sha256}>
                    {file.sha256.slice(0, 10)}…
                  </span>
                  <CopyButton text={file.sha256} />
                </span>
              </td>
              <td>
                {file.signature && file.signingCertificate ? (
                  <Tag tone="ok" icon="lock">
                    {t('firmware.isSigned')}
                  </Tag>
                ) : (
                  <span className="mut">—</span>
                )}
              </td>
              <td className="sub">{file.inUseBy.join(', ') || <span className="mut">—</span>}</td>
              <td className="sub" style={{ whiteSpace: 'nowrap' }}>
                <DateTime at={file.createdAt} /> · {file.createdBy}
              </td>
              <td className="num">
                {may && (
                  <span className="row" style={{ justifyContent: 'flex-end', gap: 4 }}>
                    <a
                      className="btn small"
                      href={apiUrl(`/firmware-files/${file.id}/content`)}
                      download={file.fileName}
                    >
                      {t('action.download')}
                    </a>
                    <button type="button" className="btn small" onClick={() => onEdit(file)}>
                      {t('action.edit')}
                    </button>
                    <DeleteFirmware file={file} />
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DeleteFirmware({ file }: { file: FirmwareFile }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const inUse = file.inUseBy.length > 0;
  const remove = useMutation({
    // Forced only when those who still need it have been named.
    mutationFn: () => api.delete(`/firmware-files/${file.id}${inUse ? '?force=true' : ''}`),
    onSuccess: () => setAsking(false),
    onSettled: () => client.invalidateQueries({ queryKey: keys.firmwareFiles.all }),
  });
  return (
    <>
      <button
        type="button"
        className="btn small"
        aria-label={t('firmware.deleteOf', { name: file.name })}
        onClick={() => setAsking(true)}
      >
        {t('firmware.delete')}
      </button>
      <ConfirmDialog
        open={asking}
        title={t('firmware.deleteOf', { name: file.name })}
        confirmLabel={t('firmware.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>{t('firmware.deleteEffect')}</p>
        {inUse && (
          <div className="note care">
            {t('firmware.stillUsed', { count: file.inUseBy.length, names: file.inUseBy.join(', ') })}
          </div>
        )}
        {remove.error && <ProblemNote error={remove.error} />}
      </ConfirmDialog>
    </>
  );
}
