import type { ImportedLog } from '@cpo-console/shared/api/log.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { number } from '../../../lib/format.ts';
import { keys } from '../../../live/query-keys.ts';
import { importsQuery, removeImport } from '../api/import-queries.ts';
import { ImportProblems } from './import-problems.tsx';

/** Those that are here already, and how far those are that are being read. */
export function ImportedLogs({ onOpen }: { onOpen: (id: string) => void }) {
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
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => removeImport(imported.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.imports.all }),
  });
  const { name, status, lines, rows, problem, problems, problemCount } = imported;
  const said = number(i18n.language, rows);
  return (
    <li className="row wrap">
      <b>{name}</b>
      <span className="mut">
        <DateTime at={imported.createdAt} /> ·{' '}
        {status === 'running'
          ? t('imports.running', { rows: said, lines: number(i18n.language, lines) })
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
      <button
        type="button"
        className="btn small quiet"
        disabled={remove.isPending}
        onClick={() => (status === 'done' ? setAsking(true) : remove.mutate())}
      >
        {status === 'running' ? t('imports.cancel') : t('imports.remove')}
      </button>
      {remove.error && <ProblemNote error={remove.error} />}
      {problemCount > 0 && (
        <div style={{ flexBasis: '100%' }}>
          <ImportProblems problems={problems} count={problemCount} />
        </div>
      )}
      <ConfirmDialog
        open={asking}
        title={t('imports.removeTitle', { name })}
        confirmLabel={t('imports.remove')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {t('imports.removeEffect', { rows: said })}
      </ConfirmDialog>
    </li>
  );
}
