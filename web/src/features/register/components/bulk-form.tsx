import type { ThingImport } from '@cpo-console/shared/api/things.ts';
import { useMutation } from '@tanstack/react-query';
import { type ChangeEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { download } from '../../../lib/download.ts';
import { importThings, registeredCsv } from '../api/register.ts';
import { BulkRows } from './bulk-rows.tsx';

/** Many at once from CSV: the server looks at it first, each bad row marked with why; the answer has the passwords, once. */
export function BulkForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const preview = useMutation({ mutationFn: (csv: string) => importThings(csv, true) });
  const run = useMutation({ mutationFn: () => importThings(text, false), onSuccess: offerPasswords });
  const change = (csv: string) => {
    setText(csv);
    run.reset();
    if (csv.trim() === '') preview.reset();
    else preview.mutate(csv);
  };
  const openFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) change(await file.text());
  };
  const result = run.data ?? preview.data;
  const good = preview.data ? preview.data.rows.length - preview.data.failed : 0;
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor="bulk">{t('register.csv')}</label>
        <textarea
          id="bulk"
          className="in"
          rows={7}
          value={text}
          spellCheck={false}
          placeholder={'thingName,tags,auth\nCP-0001,tokyo ac,basic\nCP-0002,tokyo dc,none'}
          onChange={(event) => change(event.target.value)}
        />
        <span className="hint">{t('register.csvHint')}</span>
      </div>
      <input
        type="file"
        accept=".csv,text/csv"
        aria-label={t('register.csvFile')}
        onChange={(event) => void openFile(event)}
      />
      {(run.error ?? preview.error) && <ProblemNote error={run.error ?? preview.error} />}
      {result && <BulkRows result={result} />}
      <div className="row">
        {run.data ? (
          <button type="button" className="btn p" onClick={onDone}>
            {t('action.close')}
          </button>
        ) : (
          <button
            type="button"
            className="btn p"
            disabled={good === 0 || preview.isPending || run.isPending}
            onClick={() => run.mutate()}
          >
            {t('register.submitMany', { count: good })}
          </button>
        )}
        {run.data && run.data.created > 0 && (
          <button type="button" className="btn" onClick={() => offerPasswords(run.data)}>
            {t('register.downloadAgain')}
          </button>
        )}
      </div>
    </div>
  );
}

function offerPasswords(result: ThingImport): void {
  if (result.created > 0) download('registered.csv', 'text/csv', registeredCsv(result));
}
