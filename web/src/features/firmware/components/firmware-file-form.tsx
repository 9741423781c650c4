import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { api } from '../../../lib/api-client.ts';
import { bytes, number } from '../../../lib/format.ts';
import { uploadFile } from '../../../lib/upload-file.ts';
import { keys } from '../../../live/query-keys.ts';
import { Input } from './order-fields.tsx';
import { SignatureInputs } from './signing.tsx';

const TEXTS = ['version', 'vendor', 'model', 'note'] as const;

const fieldsOf = (file: FirmwareFile | null) => ({
  name: file?.name ?? '',
  version: file?.version ?? '',
  vendor: file?.vendor ?? '',
  model: file?.model ?? '',
  note: file?.note ?? '',
  signature: file?.signature ?? '',
  signingCertificate: file?.signingCertificate ?? '',
});
type Fields = ReturnType<typeof fieldsOf>;

interface FirmwareFileFormProps {
  /** null: a new one. */
  file: FirmwareFile | null;
  maxBytes: number | undefined;
  onDone: () => void;
}

/** Uploads a firmware file with what is to be known about it, or changes that. */
export function FirmwareFileForm({ file, maxBytes = Number.POSITIVE_INFINITY, onDone }: FirmwareFileFormProps) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [fields, setFields] = useState<Fields>(() => fieldsOf(file));
  const [chosen, setChosen] = useState<File | null>(null);
  const [sent, setSent] = useState(0);
  const halt = useRef(new AbortController());
  // Leaving the form ends the upload.
  useEffect(() => () => halt.current.abort(), []);
  const set = (patch: Partial<Fields>) => setFields((old) => ({ ...old, ...patch }));
  const save = useMutation({
    mutationFn: async () => {
      if (file !== null) return change(file.id, fields);
      if (chosen === null) return undefined;
      halt.current = new AbortController();
      const kept = await upload(chosen, fields, { onProgress: setSent, signal: halt.current.signal });
      return fields.signature === '' ? kept : change(kept.id, fields);
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: keys.firmwareFiles.all }),
  });
  // A browser tells nothing of an answer that comes before it has sent all.
  const tooLarge = chosen !== null && chosen.size > maxBytes;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(0);
    save.mutate();
  };
  const choose = (next: File | null) => {
    setChosen(next);
    if (next !== null && fields.name === '') set({ name: next.name.replace(/\.\w{1,4}$/, '') });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {file === null && (
        <div className="field">
          <label htmlFor="firmware-upload">{t('firmware.file')}</label>
          <input
            id="firmware-upload"
            type="file"
            className="in"
            required
            disabled={save.isPending}
            onChange={(event) => choose(event.target.files?.[0] ?? null)}
          />
          {tooLarge && (
            <span className="wrong" role="alert">
              {t('firmware.tooLarge', {
                size: bytes(i18n.language, chosen.size),
                limit: bytes(i18n.language, maxBytes),
              })}
            </span>
          )}
        </div>
      )}
      <Input label={t('firmware.name')} required value={fields.name} onChange={(name) => set({ name })} />
      {TEXTS.map((name) => (
        <Input
          key={name}
          label={t(`firmware.${name}`)}
          value={fields[name]}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      <details open={fields.signature !== ''}>
        <summary>{t('firmware.signature.label')}</summary>
        <SignatureInputs fields={fields} set={set} />
      </details>
      {save.isPending && chosen !== null && <Progress sent={sent} total={chosen.size} />}
      {save.error && !halt.current.signal.aborted && <ProblemNote error={save.error} />}
      <div className="row">
        <button type="submit" className="btn p" disabled={save.isPending || tooLarge}>
          {file === null ? t('firmware.doUpload') : t('action.save')}
        </button>
        <button type="button" className="btn" onClick={() => (save.isPending ? halt.current.abort() : onDone())}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}

function Progress({ sent, total }: { sent: number; total: number }) {
  const { t, i18n } = useTranslation();
  const percent = number(i18n.language, Math.floor(sent * 100));
  return (
    <div className="field">
      <label htmlFor="upload-progress">{t('firmware.progress', { percent, total: bytes(i18n.language, total) })}</label>
      <progress id="upload-progress" value={sent} max={1} style={{ width: '100%' }} />
    </div>
  );
}

function upload(
  file: File,
  { name, version, vendor, model, note }: Fields,
  more: { onProgress: (sent: number) => void; signal: AbortSignal },
): Promise<FirmwareFile> {
  const query = { name, fileName: file.name, version, vendor, model, note };
  return uploadFile<FirmwareFile>({ path: '/firmware-files', query, file, ...more });
}

/** An empty field takes away what was said. */
function change(id: string, { name, ...texts }: Fields): Promise<FirmwareFile> {
  const told = Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, value === '' ? null : value]));
  return api.patch(`/firmware-files/${id}`, { name, ...told });
}
