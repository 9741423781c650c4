import type { Pin } from '@cpo-console/shared/api/retention.ts';
import { Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api-client.ts';
import { fromLocalField, toLocalField } from '../../lib/local-time.ts';
import { useMay } from '../../lib/permissions.ts';
import { keys } from '../../live/query-keys.ts';
import { ProblemNote } from './problem-note.tsx';

interface Pinned {
  thingName: string;
  /** A session, */
  session?: { id: string; transactionId: string };
  /** or else the time that is offered. */
  range?: { from: string; to: string };
}

/** Keeps messages of a charge point beyond their time, while somebody disputes what happened. */
export const PinButton = memo(function PinButton(props: Pinned) {
  const { t } = useTranslation();
  const may = useMay('messages:pin');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        {t('pins.pin')}
      </button>
      {open && <PinDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
});

function PinDialog({ thingName, session, range, onClose }: Pinned & { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  // To the minute: the minute that `to` is in belongs to it.
  const [from, setFrom] = useState(range ? toLocalField(Date.parse(range.from)) : '');
  const [to, setTo] = useState(range ? toLocalField(Math.ceil(Date.parse(range.to) / 60_000) * 60_000) : '');
  const times = { from: fromLocalField(from), to: fromLocalField(to) };
  const pin = useMutation({
    mutationFn: () =>
      api.post<Pin>('/pins', session ? { transactionId: session.id, reason } : { thingName, ...times, reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.pins }),
  });
  const hasRange = session !== undefined || (times.from !== null && times.to !== null && times.from < times.to);
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t('pins.pinTitle', { name: thingName })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {pin.data ? (
        <div className="row" role="status">
          <b>{t('pins.done')}</b>
          <span className="grow" />
          <Link className="btn" to="/retention">
            {t('pins.seeAll')}
          </Link>
        </div>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            pin.mutate();
          }}
        >
          <p className="sub" style={{ margin: 0 }}>
            {session ? t('pins.sessionEffect', { name: thingName, id: session.transactionId }) : t('pins.pinEffect')}
          </p>
          {!session && (
            <div className="row wrap">
              <Instant label={t('pins.from')} value={from} onChange={setFrom} />
              <Instant label={t('pins.to')} value={to} onChange={setTo} />
            </div>
          )}
          <label className="stack" style={{ gap: 4 }}>
            {t('pins.reason')}
            <input
              className="in"
              maxLength={500}
              required
              data-autofocus
              placeholder={t('pins.reasonHint')}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          {!hasRange && <span className="mut">{t('pins.noRange')}</span>}
          {pin.error && <ProblemNote error={pin.error} />}
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <button type="button" className="btn" onClick={onClose}>
              {t('action.cancel')}
            </button>
            <button type="submit" className="btn p" disabled={!hasRange || reason.trim() === '' || pin.isPending}>
              {t('pins.confirm')}
            </button>
          </div>
        </form>
      )}
    </Modal>
  );
}

function Instant({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="stack" style={{ gap: 4 }}>
      {label}
      <input className="in" type="datetime-local" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
