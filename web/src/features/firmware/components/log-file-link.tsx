import type { LogFile } from '@cpo-console/shared/api/jobs.ts';
import { useTranslation } from 'react-i18next';
import { apiUrl } from '../../../lib/api-client.ts';
import { bytes } from '../../../lib/format.ts';
import { useMay } from '../../../lib/permissions.ts';

/** A file that a charge point put here: to download, for who may. */
export function LogFileLink({ file }: { file: LogFile }) {
  const { i18n } = useTranslation();
  const may = useMay('logs:read');
  const size = <span className="mut">{bytes(i18n.language, file.bytes)}</span>;
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {may ? (
        <a
          href={apiUrl(`/log-files/${file.id}/content`)}
          download={file.fileName}
          style={{ textDecoration: 'underline' }}
        >
          {file.fileName}
        </a>
      ) : (
        file.fileName
      )}{' '}
      {size}
    </span>
  );
}
