import type { ImportedLog } from '@cpo-console/shared/api/log.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { dateTime } from '../../../lib/format.ts';
import { fromLocalField, toLocalField } from '../../../lib/local-time.ts';
import { thingsQuery } from '../../../lib/thing-queries.ts';
import { keyOf, recentReplays } from '../api/recent-replays.ts';
import { importedLogsQuery, rerunsQuery } from '../api/rerun-queries.ts';
import { RerunStatus } from './rerun-status.tsx';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Whose log, and when; what was looked at before, and what was run again. */
export function ReplayStart() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('rerun.page')}</h1>
      <Choice />
      <Recent />
      <Reruns />
    </>
  );
}

function Choice() {
  const { t } = useTranslation();
  const id = useId();
  const navigate = useNavigate();
  const { data: things } = useQuery(thingsQuery);
  const { data: logs, error } = useQuery(importedLogsQuery);
  const [log, setLog] = useState('');
  const [name, setName] = useState('');
  const [from, setFrom] = useState(() => toLocalField(Date.now() - HOUR_MS));
  const [to, setTo] = useState(() => toLocalField(Date.now() + MINUTE_MS));
  const imported = logs?.find((each) => each.id === log);
  const names = imported ? imported.things : (things ?? []).map(({ thingName }) => thingName);
  const range = { from: fromLocalField(from), to: fromLocalField(to) };
  const isEmpty = range.from === null || range.to === null || range.from >= range.to;
  const choose = (chosen: ImportedLog | undefined) => {
    setLog(chosen?.id ?? '');
    setName(chosen?.things[0] ?? '');
    if (!chosen?.from || !chosen.to) return;
    setFrom(toLocalField(Date.parse(chosen.from)));
    setTo(toLocalField(Date.parse(chosen.to) + MINUTE_MS));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (range.from === null || range.to === null || isEmpty) return;
    const search = { from: range.from, to: range.to, ...(imported && { import: imported.id }) };
    void navigate({ to: '/replay/$name', params: { name }, search });
  };
  return (
    <form className="panel pb stack" onSubmit={submit} style={{ paddingTop: 14 }}>
      <p style={{ margin: 0 }}>{t('rerun.intro')}</p>
      {error && <ProblemNote error={error} />}
      <div className="row wrap" style={{ alignItems: 'flex-end', gap: 12 }}>
        <div className="field">
          <label htmlFor={`${id}-log`}>{t('rerun.log')}</label>
          <select
            id={`${id}-log`}
            className="in"
            value={log}
            onChange={(event) => choose(logs?.find((each) => each.id === event.target.value))}
          >
            <option value="">{t('rerun.live')}</option>
            {(logs ?? [])
              .filter(({ status }) => status === 'done')
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-name`}>{t('rerun.whose')}</label>
          <input
            id={`${id}-name`}
            className="in m"
            list={`${id}-names`}
            required
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value.trim())}
          />
          <datalist id={`${id}-names`}>
            {names.slice(0, 2_000).map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </div>
        {([['from', from, setFrom] as const, ['to', to, setTo] as const] as const).map(([which, value, set]) => (
          <div key={which} className="field">
            <label htmlFor={`${id}-${which}`}>{t(`rerun.${which}`)}</label>
            <input
              id={`${id}-${which}`}
              className="in"
              type="datetime-local"
              required
              value={value}
              onChange={(event) => set(event.target.value)}
            />
          </div>
        ))}
        <button type="submit" className="btn p" disabled={isEmpty || name === ''}>
          {t('rerun.watch')}
        </button>
      </div>
      {isEmpty && <span className="wrong">{t('rerun.emptyRange')}</span>}
    </form>
  );
}

function Recent() {
  const { t, i18n } = useTranslation();
  const [recent] = useState(recentReplays);
  if (recent.length === 0) return null;
  return (
    <section className="panel" aria-label={t('rerun.recent')}>
      <div className="ph">
        <h2>{t('rerun.recent')}</h2>
      </div>
      <ul className="pb stack" style={{ margin: 0, listStyle: 'none', gap: 6 }}>
        {recent.map((range) => {
          const { thingName, ...search } = range;
          return (
            <li key={keyOf(range)} className="row wrap">
              <Link to="/replay/$name" params={{ name: thingName }} search={search}>
                {thingName}
              </Link>
              <span className="mut">
                {`${dateTime(i18n.language, range.from)} – ${dateTime(i18n.language, range.to)}`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Reruns() {
  const { t, i18n } = useTranslation();
  const { data: reruns, error } = useQuery(rerunsQuery);
  if (error) return <ProblemNote error={error} />;
  if (!reruns) return null;
  return (
    <section className="panel" aria-label={t('rerun.list')}>
      <div className="ph">
        <h2>{t('rerun.list')}</h2>
      </div>
      {reruns.length === 0 && <p className="pb mut">{t('rerun.none')}</p>}
      <ul className="pb stack" style={{ margin: 0, listStyle: 'none', gap: 6 }}>
        {reruns.map((rerun) => (
          <li key={rerun.id} className="row wrap">
            <RerunStatus rerun={rerun} />
            <Link to="/reruns/$id" params={{ id: rerun.id }}>
              {t('rerun.result', { name: rerun.source.thingName, target: rerun.target })}
            </Link>
            <span className="grow" />
            <span className="mut">{`${rerun.startedBy} · ${dateTime(i18n.language, rerun.startedAt)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
