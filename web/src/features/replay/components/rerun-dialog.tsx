import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { dateTime } from '../../../lib/format.ts';
import { thingsQuery } from '../../../lib/thing-queries.ts';
import type { ReplayRange } from '../api/replay-queries.ts';
import { useStartRerun } from '../api/rerun-queries.ts';

const SPEEDS = ['max', '1', '10', '60', '1000'] as const;

/** To send what the charge point sent again, to a sandbox. */
export function RerunDialog({ range, open, onClose }: { range: ReplayRange; open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={t('rerun.title')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {open && <RerunForm range={range} />}
    </Modal>
  );
}

function RerunForm({ range }: { range: ReplayRange }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const navigate = useNavigate();
  const { data: things } = useQuery(thingsQuery);
  const sandboxes = (things ?? []).filter(({ sandbox }) => sandbox);
  const [chosen, setChosen] = useState('');
  const [speed, setSpeed] = useState<string>('max');
  const [password, setPassword] = useState('');
  const start = useStartRerun();
  const target = sandboxes.find(({ thingName }) => thingName === chosen) ?? sandboxes[0];
  const words = {
    name: range.thingName,
    from: dateTime(i18n.language, range.from),
    to: dateTime(i18n.language, range.to),
  };
  if (things && target === undefined) return <p>{t('rerun.noSandbox')}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (target === undefined) return;
    const { thingName, from, to, import: importId } = range;
    start.mutate(
      {
        source: { thingName, from, to, ...(importId !== undefined && { importId }) },
        target: target.thingName,
        speed: speed === 'max' ? 'max' : Number(speed),
        ...(target.auth.type === 'basic' && { password }),
      },
      { onSuccess: (rerun) => void navigate({ to: '/reruns/$id', params: { id: rerun.id } }) },
    );
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t('rerun.what', words)}</p>
      <div className="field">
        <label htmlFor={`${id}-target`}>{t('rerun.target')}</label>
        <select
          id={`${id}-target`}
          className="in"
          value={target?.thingName ?? ''}
          data-autofocus
          onChange={(event) => setChosen(event.target.value)}
        >
          {sandboxes.map(({ thingName }) => (
            <option key={thingName}>{thingName}</option>
          ))}
        </select>
      </div>
      {target?.auth.type === 'basic' && (
        <div className="field">
          <label htmlFor={`${id}-password`}>{t('rerun.password')}</label>
          <input
            id={`${id}-password`}
            className="in m"
            type="password"
            autoComplete="off"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <span className="hint">{t('rerun.passwordHint')}</span>
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-speed`}>{t('rerun.speed')}</label>
        <select id={`${id}-speed`} className="in" value={speed} onChange={(event) => setSpeed(event.target.value)}>
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {each === 'max' ? t('rerun.max') : t('rerun.times', { speed: each })}
            </option>
          ))}
        </select>
      </div>
      {start.isError && <ProblemNote error={start.error} />}
      <button type="submit" className="btn p" disabled={target === undefined || start.isPending}>
        {t('rerun.start', { target: target?.thingName ?? '…' })}
      </button>
    </form>
  );
}
