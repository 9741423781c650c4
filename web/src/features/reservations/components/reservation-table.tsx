import type { Reservation, ReservationState } from '@cpo-console/shared/api/reservations.ts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import type { IconName } from '../../../components/ui/icons.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag, type Tone } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { cancelCommand } from '../api/reservations.ts';

const LOOK: Record<ReservationState, [tone: Tone, icon: IconName]> = {
  requested: ['warn', 'half'],
  unanswered: ['bad', 'clock'],
  refused: ['bad', 'cross'],
  accepted: ['ok', 'lock'],
  used: ['chg', 'bolt'],
  cancelled: ['off', 'cross'],
  expired: ['off', 'clock'],
  removed: ['off', 'cross'],
  replaced: ['off', 'ring'],
};

export function ReservationTable({ reservations, withName }: { reservations: Reservation[]; withName: boolean }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('reservation.title')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('column.state')}</th>
            <th>{t('reservation.id')}</th>
            {withName && <th>{t('column.name')}</th>}
            <th>{t('place.title')}</th>
            <th>{t('access.token')}</th>
            <th>{t('reservation.until')}</th>
            <th>{t('reservation.requested')}</th>
            <th aria-label={t('access.actions')} />
          </tr>
        </thead>
        <tbody>
          {reservations.map((reservation) => (
            <ReservationRow key={reservation.id} reservation={reservation} withName={withName} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ReservationRow({ reservation, withName }: { reservation: Reservation; withName: boolean }) {
  const { t } = useTranslation();
  const { thingName, state, answer, transactionId } = reservation;
  const [tone, icon] = LOOK[state];
  const says = answer !== null && answer !== 'Accepted' ? `: ${answer}` : '';
  return (
    <tr>
      <td>
        <Tag tone={tone} icon={icon}>
          {t(`reservation.state.${state}`)}
          {says}
        </Tag>
      </td>
      <td className="m">{reservation.reservationId}</td>
      {withName && (
        <td>
          <Link to="/charge-points/$name" params={{ name: thingName }} search={{ tab: 'reservations' }}>
            {thingName}
          </Link>
        </td>
      )}
      <td>{placeOf(reservation) ?? t('reservation.anyPlace')}</td>
      <td className="m b">{reservation.idToken}</td>
      <td>
        <DateTime at={reservation.expiresAt} />
      </td>
      <td className="sub">
        <DateTime at={reservation.requestedAt} /> · {reservation.requestedBy}
      </td>
      <td className="num">
        {(state === 'accepted' || state === 'requested') && <Cancel reservation={reservation} />}
        {transactionId !== null && (
          <Link to="/charge-points/$name" params={{ name: thingName }} search={{ tab: 'sessions' }}>
            {t('session.title', { id: transactionId.slice(0, 12) })}
          </Link>
        )}
      </td>
    </tr>
  );
}

const placeOf = ({ evseId, connectorId, connectorType }: Reservation): string | null =>
  [evseId ?? (connectorId || null), connectorType].filter((part) => part !== null).join(' ') || null;

function Cancel({ reservation: { thingName, reservationId, idToken } }: { reservation: Reservation }) {
  const { t } = useTranslation();
  const may = useMay('commands:operate');
  const [asking, setAsking] = useState(false);
  const send = useCommand(thingName);
  if (!may) return null;
  return (
    <span className="row" style={{ justifyContent: 'flex-end' }}>
      {send.data && <CommandAnswer command={send.data} announce />}
      {send.error && <ProblemNote error={send.error} />}
      <button type="button" className="btn small" disabled={send.isPending} onClick={() => setAsking(true)}>
        {t('reservation.cancel')}
      </button>
      <ConfirmDialog
        open={asking}
        title={t('reservation.cancelTitle', { id: reservationId, name: thingName })}
        confirmLabel={t('reservation.cancelConfirm')}
        onConfirm={() => {
          setAsking(false);
          send.mutate(cancelCommand(reservationId));
        }}
        onClose={() => setAsking(false)}
      >
        {t('reservation.cancelEffect', { token: idToken })}
      </ConfirmDialog>
    </span>
  );
}
