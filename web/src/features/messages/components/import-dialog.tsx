import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { previewImport } from '../api/import-queries.ts';
import { ImportProblems } from './import-problems.tsx';
import { ImportUpload } from './import-upload.tsx';
import { ImportedLogs } from './imported-logs.tsx';

interface ImportDialogProps {
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** A log from elsewhere: choose it, see what is in it, read it; and those that are here already. */
export function ImportDialog({ onClose, onOpen }: ImportDialogProps) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [thing, setThing] = useState('');
  /** A new field of the form for each: the same file may be chosen again. */
  const [imported, setImported] = useState(0);
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
          <input
            className="in"
            value={thing}
            onChange={(event) => setThing(event.target.value)}
            onBlur={() => file && preview.mutate(file)}
          />
        </label>
        <label className="stack" style={{ gap: 4 }}>
          {t('imports.file')}
          <input key={imported} type="file" onChange={(event) => choose(event.target.files?.[0] ?? null)} />
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
            <ol className="m" style={{ margin: 0, paddingLeft: 24, maxHeight: 180, overflow: 'auto' }}>
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
                setImported(imported + 1);
                preview.reset();
              }}
            />
          </div>
        )}
        <ImportedLogs onOpen={onOpen} />
      </div>
    </Modal>
  );
}
