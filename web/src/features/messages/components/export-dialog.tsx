import { Modal } from '@mantine/core';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiUrl } from '../../../lib/api-client.ts';
import { type MessageFilter, queryOf } from '../../../live/message-filter.ts';
import { beginDownload } from '../api/export-queries.ts';
import { ExportProgress } from './export-progress.tsx';

const FORMATS = ['jsonl', 'csv', 'trace', 'case'] as const;
type Format = (typeof FORMATS)[number];
const REPLACED = ['tokens', 'serials', 'addresses', 'names'] as const;

interface ExportDialogProps {
  filter: MessageFilter;
  /** What a case is about if the filter does not say. */
  range: { from: string; to: string };
}

/** What is filtered, as a file; or a case of one charge point, made fit to be passed on. */
export const ExportButton = memo(function ExportButton(props: ExportDialogProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        {t('imports.export')}
      </button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('exports.title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <ExportForm {...props} />
      </Modal>
    </>
  );
});

function ExportForm({ filter, range }: ExportDialogProps) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<Format>('jsonl');
  const [redact, setRedact] = useState(false);
  const [replaced, setReplaced] = useState<ReadonlySet<string>>(new Set(REPLACED));
  const [running, setRunning] = useState<string | null>(null);
  const { thingName } = filter;
  const begin = () => {
    const exportId = crypto.randomUUID();
    const url =
      format === 'case'
        ? apiUrl('/messages/case-bundle', {
            ...range,
            thingName,
            import: filter.import,
            keep: REPLACED.filter((each) => !replaced.has(each)),
            exportId,
          })
        : apiUrl('/messages/export', { ...queryOf(filter), format, order: 'asc', ...(redact && { redact }), exportId });
    beginDownload(url);
    setRunning(exportId);
  };
  const toggle = (each: string) => {
    const next = new Set(replaced);
    if (!next.delete(each)) next.add(each);
    setReplaced(next);
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <fieldset className="stack" style={{ border: 0, margin: 0, padding: 0, gap: 8 }}>
        <legend className="sub">{t('exports.format')}</legend>
        {FORMATS.map((each) => {
          const impossible = each === 'case' && thingName === undefined;
          return (
            <label key={each} className="row" style={{ alignItems: 'flex-start', gap: 8 }}>
              <input
                type="radio"
                name="format"
                checked={format === each}
                disabled={impossible}
                onChange={() => setFormat(each)}
              />
              <span>
                <span className="b">{t(`exports.of.${each}`)}</span>
                <span className="mut" style={{ display: 'block' }}>
                  {impossible ? t('exports.chooseOne') : t(`exports.hint.${each}`, { name: thingName })}
                </span>
              </span>
            </label>
          );
        })}
      </fieldset>
      {format === 'case' ? (
        <fieldset className="stack" style={{ border: 0, margin: 0, padding: 0, gap: 6 }}>
          <legend className="sub">{t('exports.replace')}</legend>
          {REPLACED.map((each) => (
            <label key={each} className="row" style={{ gap: 8 }}>
              <input type="checkbox" checked={replaced.has(each)} onChange={() => toggle(each)} />
              {t(`exports.replaced.${each}`)}
            </label>
          ))}
          <span className="mut">{t('exports.secrets')}</span>
        </fieldset>
      ) : (
        <label className="row" style={{ gap: 8 }}>
          <input type="checkbox" checked={redact} onChange={(event) => setRedact(event.target.checked)} />
          {t('exports.redact')}
        </label>
      )}
      {running && <ExportProgress key={running} id={running} range={range} />}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <button type="submit" className="btn p">
          {t('action.download')}
        </button>
      </div>
    </form>
  );
}
