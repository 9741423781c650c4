import type { IdTokenImport } from '@cpo-console/shared/api/access.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { keys } from '../../../live/query-keys.ts';
import { importIdTokens } from '../api/access-queries.ts';

const LOOK = { added: ['ok', 'check'], replaced: ['warn', 'half'], refused: ['bad', 'cross'] } as const;
const MOST_ROWS = 500;

/** Many at once from CSV: the server says what would become of each row, and takes all of them or none. */
export function ImportTokens({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const preview = useMutation({ mutationFn: (csv: string) => importIdTokens(csv, true) });
  const run = useMutation({
    mutationFn: () => importIdTokens(text, false),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.idTokens.all }),
        client.invalidateQueries({ queryKey: keys.unknownTokens }),
      ]);
      onDone();
    },
  });
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
  const good = preview.data && preview.data.refused === 0 ? preview.data.rows.length : 0;
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor="tokens-csv">{t('access.csv')}</label>
        <textarea
          id="tokens-csv"
          className="in"
          rows={8}
          value={text}
          placeholder={
            'idToken,type,status,expiresAt,groupIdToken,concurrentLimit,language,note\n04A2B3C4D5,ISO14443,Accepted,,FLEET-7,1,en,Van 12'
          }
          onChange={(event) => change(event.target.value)}
        />
        <span className="hint">{t('access.csvHint')}</span>
      </div>
      <input
        type="file"
        accept=".csv,text/csv"
        aria-label={t('register.csvFile')}
        onChange={(event) => void openFile(event)}
      />
      {(run.error ?? preview.error) && <ProblemNote error={run.error ?? preview.error} />}
      {preview.data && <Preview result={preview.data} />}
      <div className="row">
        <button
          type="button"
          className="btn p"
          disabled={good === 0 || preview.isPending || run.isPending}
          onClick={() => run.mutate()}
        >
          {t('access.importMany', { count: good })}
        </button>
        <button type="button" className="btn" onClick={onDone}>
          {t('action.cancel')}
        </button>
      </div>
    </div>
  );
}

/** Those that are refused come first: they are what is to be done. */
function Preview({ result }: { result: IdTokenImport }) {
  const { t } = useTranslation();
  const rows = result.rows.toSorted((a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused'));
  return (
    <>
      {result.refused > 0 && (
        <div className="note" role="alert">
          {t('access.refusedRows', { count: result.refused, total: result.rows.length })}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="panel scroll" style={{ maxHeight: 320 }} tabIndex={0} aria-label={t('access.preview')}>
        <table className="plain">
          <tbody>
            {rows.slice(0, MOST_ROWS).map(({ line, idToken, outcome, message }) => (
              <tr key={line}>
                <td className="mut num">{line}</td>
                <td className="m" style={{ whiteSpace: 'nowrap' }}>
                  {idToken || '—'}
                </td>
                <td>
                  <Tag tone={LOOK[outcome][0]} icon={LOOK[outcome][1]}>
                    {t(`access.outcome.${outcome}`)}
                  </Tag>
                </td>
                <td className="sub">{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
