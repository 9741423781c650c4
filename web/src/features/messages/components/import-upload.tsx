import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { ApiError } from '../../../lib/api-client.ts';
import { bytes } from '../../../lib/format.ts';
import { keys } from '../../../live/query-keys.ts';
import { startImport } from '../api/import-queries.ts';

interface ImportUploadProps {
  file: File;
  thingName: string;
  disabled: boolean;
  onDone: () => void;
}

/** Sends the file, and tells how much of it is there. Stopped, or left, the server keeps nothing of it. */
export function ImportUpload({ file, thingName, disabled, onDone }: ImportUploadProps) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [sent, setSent] = useState(0);
  const halt = useRef(new AbortController());
  useEffect(() => () => halt.current.abort(), []);
  const upload = useMutation({
    mutationFn: () => {
      halt.current = new AbortController();
      setSent(0);
      return startImport(file, { thingName, onProgress: setSent, signal: halt.current.signal });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.imports.all });
      onDone();
    },
  });
  if (upload.isPending) {
    const label = t('imports.sending', {
      sent: bytes(i18n.language, sent * file.size),
      size: bytes(i18n.language, file.size),
    });
    return (
      <div className="row">
        <progress value={sent} aria-label={label} className="grow" />
        <span className="mut num">{label}</span>
        <button type="button" className="btn small" onClick={() => halt.current.abort()}>
          {t('imports.cancel')}
        </button>
      </div>
    );
  }
  return (
    <>
      {upload.error instanceof ApiError && <ProblemNote error={upload.error} />}
      <button type="button" className="btn p" disabled={disabled} onClick={() => upload.mutate()}>
        {t('imports.import')}
      </button>
    </>
  );
}
