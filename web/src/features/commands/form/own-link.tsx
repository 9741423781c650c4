import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api, thingPath } from '../../../lib/api-client.ts';
import { baseUrl } from '../../../lib/base-url.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';

export interface LinksFor {
  thingName: string;
  action: string;
}

const UPLOADS: ReadonlySet<string> = new Set(['GetDiagnostics', 'GetLog']);
const DOWNLOADS: ReadonlySet<string> = new Set(['UpdateFirmware', 'SignedUpdateFirmware', 'PublishFirmware']);

export const takesLink = (fieldId: string): boolean => /_(location|remoteLocation)$/.test(fieldId);

interface OwnLinkProps extends LinksFor {
  isEmpty: boolean;
  onLink: (url: string) => void;
}

/** Beside the address of a file: a link to here, so that nobody needs a file server. */
export function OwnLink({ thingName, action, isEmpty, onLink }: OwnLinkProps) {
  const { t } = useTranslation();
  const may = useMay(UPLOADS.has(action) ? 'commands:support' : 'firmware:write');
  const make = useMutation({
    mutationFn: ({ path, body }: { path: string; body: object }) =>
      api.post<{ url: string }>(thingPath(thingName, path), { baseUrl: baseUrl(), ...body }),
    onSuccess: ({ url }) => onLink(url),
  });
  if (!may || !(UPLOADS.has(action) || DOWNLOADS.has(action))) return null;
  return (
    <>
      <span className="row wrap" style={{ gap: 8 }}>
        {UPLOADS.has(action) ? (
          <button
            type="button"
            className="btn small"
            disabled={make.isPending}
            onClick={() => make.mutate({ path: '/upload-links', body: {} })}
          >
            {t('commands.link.upload')}
          </button>
        ) : (
          <KeptFirmware
            isBusy={make.isPending}
            onFile={(firmwareFileId) => make.mutate({ path: '/firmware-links', body: { firmwareFileId } })}
          />
        )}
        {isEmpty && <span className="hint">{t('commands.link.empty')}</span>}
      </span>
      {make.error && <ProblemNote error={make.error} />}
    </>
  );
}

function KeptFirmware({ isBusy, onFile }: { isBusy: boolean; onFile: (id: string) => void }) {
  const { t } = useTranslation();
  const { data: files = [] } = useQuery({
    queryKey: keys.firmwareFiles.forCommands,
    queryFn: async ({ signal }) => (await api.get<Page<FirmwareFile>>('/firmware-files', { limit: 200 }, signal)).items,
    retry: false,
  });
  if (files.length === 0) return <span className="hint">{t('commands.link.noFirmware')}</span>;
  return (
    <select
      className="in"
      style={{ width: 'auto' }}
      aria-label={t('commands.link.firmware')}
      disabled={isBusy}
      value=""
      onChange={(event) => onFile(event.target.value)}
    >
      <option value="">{t('commands.link.firmware')}</option>
      {files.map(({ id, name, version }) => (
        <option key={id} value={id}>
          {[name, version].filter(Boolean).join(' · ')}
        </option>
      ))}
    </select>
  );
}
