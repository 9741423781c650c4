import type { ImportedLog } from '@cpo-console/shared/api/log.ts';
import { Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { number } from '../../../lib/format.ts';
import { keys } from '../../../live/query-keys.ts';
import { importsQuery, previewImport, removeImport } from '../api/import-queries.ts';
import { ImportProblems } from './import-problems.tsx';
import { ImportUpload } from './import-upload.tsx';

interface ImportDialogProps {
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** A log from elsewhere: choose it, see what is in it, read it; and those that are here already. */
export function ImportDialog({ onClose, onOpen }: ImportDialogProps) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [thing, setThing] = useState('');
  const preview = useMutation({ mutationFn: (chosen: File) => previewImport(chosen, thing) });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen) preview.mutate(chosen);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('imports.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className="stack">
        <p className="sub">{t('imports.hint')}</p>
        <label className="stack" style={{ gap: 4 }}>
          {t('imports.thing')}
          <input className="in" value={thing} onChange={(event) => setThing(event.target.value)} />
        </label>
        <label className="stack" style={{ gap: 4 }}>
          {t('imports.file')}
          <input type="file" onChange={(event) => choose(event.target.files?.[0] ?? null)} />
        </label>
        {preview.error && <ProblemNote error={preview.error} />}
        {file && preview.data && (
          <div className="stack" role="status">
            <span>
              {preview.data.rows === 0
                ? t('imports.nothing')
                : t('imports.looked', {
                    lines: preview.data.lines,
                    rows: preview.data.rows,
                    things: preview.data.things.join(', '),
                  })}
            </span>
            <ol className="m" style={{ margin: 0, maxHeight: 180, overflow: 'auto' }}>
              {preview.data.first.map((message) => (
                <li key={message.id} className="cut">
                  {message.at} {message.direction === 'in' ? '→' : '←'} {message.action ?? message.kind} {message.frame}
                </li>
              ))}
            </ol>
            <ImportProblems problems={preview.data.problems} count={preview.data.problemCount} />
            <ImportUpload
              file={file}
              thingName={thing}
              disabled={preview.data.rows === 0}
              onDone={() => {
                setFile(null);
                preview.reset();
              }}
            />
          </div>
        )}
        <Earlier onOpen={onOpen} />
      </div>
    </Modal>
  );
}

function Earlier({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const { data: imports = [], error } = useQuery(importsQuery);
  if (error) return <ProblemNote error={error} />;
  if (imports.length === 0) return null;
  return (
    <section aria-label={t('imports.earlier')}>
      <h2>{t('imports.earlier')}</h2>
      <ul className="stack" style={{ listStyle: 'none', padding: 0, gap: 6 }}>
        {imports.map((imported) => (
          <Row key={imported.id} imported={imported} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

function Row({ imported, onOpen }: { imported: ImportedLog; onOpen: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeImport(imported.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.imports.all }),
  });
  const { status, rows, problem } = imported;
  const said = number(i18n.language, rows);
  return (
    <li className="row wrap">
      <b>{imported.name}</b>
      <span className="mut">
        <DateTime at={imported.createdAt} /> ·{' '}
        {status === 'running'
          ? t('imports.running', { rows: said })
          : status === 'failed'
            ? t('imports.failed', { problem })
            : t('imports.frames', { rows: said })}
      </span>
      <span className="grow" />
      {status === 'done' && (
        <button type="button" className="btn small" onClick={() => onOpen(imported.id)}>
          {t('imports.open')}
        </button>
      )}
      <button type="button" className="btn small quiet" disabled={remove.isPending} onClick={() => remove.mutate()}>
        {status === 'running' ? t('imports.cancel') : t('imports.remove')}
      </button>
    </li>
  );
}
