import { useQuery } from '@tanstack/react-query';
import { type ChangeEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { parseCsv, toCsv } from '../../../lib/csv.ts';
import { download } from '../../../lib/download.ts';
import { thingsQuery } from '../../../lib/thing-queries.ts';
import { type BulkRow, readBulk, useRegister } from '../api/register.ts';

type Results = Map<string, { ok: boolean; text: string }>;

/** Many at once from CSV: looked at first, each bad row marked with why; the answer carries the passwords, once. */
export function BulkForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { data: things } = useQuery(thingsQuery);
  const [text, setText] = useState('');
  const [results, setResults] = useState<Results | null>(null);
  const [busy, setBusy] = useState(false);
  const register = useRegister();
  const names = useMemo(() => new Set((things ?? []).map((thing) => thing.thingName)), [things]);
  const rows = useMemo(
    () => readBulk(parseCsv(text), (name) => results === null && names.has(name)),
    [text, names, results],
  );
  const good = rows.filter((row) => row.defect === null);
  const openFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) setText(await file.text());
  };
  const run = async () => {
    setBusy(true);
    const outcome: Results = new Map();
    const lines: string[][] = [];
    for (const { thing } of good) {
      try {
        const made = await register.mutateAsync(thing);
        outcome.set(thing.thingName, { ok: true, text: t('register.done') });
        lines.push([thing.thingName, made.urls[0] ?? '', made.credentials.password ?? '']);
      } catch (error) {
        outcome.set(thing.thingName, { ok: false, text: error instanceof Error ? error.message : String(error) });
      }
      setResults(new Map(outcome));
    }
    setBusy(false);
    if (lines.length > 0) download('registered.csv', 'text/csv', toCsv(['thingName', 'url', 'password'], lines));
  };
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor="bulk">{t('register.csv')}</label>
        <textarea
          id="bulk"
          className="in"
          rows={6}
          value={text}
          placeholder={'CP-0001,tokyo ac,basic\nCP-0002,tokyo dc,none'}
          onChange={(event) => {
            setText(event.target.value);
            setResults(null);
          }}
        />
        <span className="hint">{t('register.csvHint')}</span>
      </div>
      <input
        type="file"
        accept=".csv,text/csv"
        aria-label={t('register.csvFile')}
        onChange={(event) => void openFile(event)}
      />
      {rows.length > 0 && <Preview rows={rows} results={results} />}
      <div className="row">
        <button
          type="button"
          className="btn p"
          disabled={good.length === 0 || busy || results !== null}
          onClick={() => void run()}
        >
          {t('register.submitMany', { count: good.length })}
        </button>
        {results && !busy && (
          <button type="button" className="btn" onClick={onDone}>
            {t('action.close')}
          </button>
        )}
      </div>
    </div>
  );
}

function Preview({ rows, results }: { rows: BulkRow[]; results: Results | null }) {
  const { t } = useTranslation();
  return (
    <div className="panel scroll" style={{ maxHeight: 300 }}>
      <table className="plain">
        <tbody>
          {rows.map((row) => {
            const result = results?.get(row.thing.thingName);
            return (
              <tr key={row.line}>
                <td className="mut num">{row.line}</td>
                <td className="m">{row.thing.thingName || '—'}</td>
                <td className="sub">{row.thing.tags?.join(', ')}</td>
                <td>
                  {row.defect ? (
                    <Tag tone="bad" icon="cross">
                      {t(`register.defect.${row.defect}`)}
                    </Tag>
                  ) : (
                    <Tag tone={result && !result.ok ? 'bad' : 'ok'} icon={result && !result.ok ? 'cross' : 'check'}>
                      {result?.text ?? t('register.good')}
                    </Tag>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
