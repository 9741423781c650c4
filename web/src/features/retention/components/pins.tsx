import type { Pin } from '@cpo-console/shared/api/retention.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { pinsQuery, useUnpin } from '../api/retention-queries.ts';

/** What stays beyond its time, and why. */
export function Pins() {
  const { t } = useTranslation();
  const { data: pins, error, refetch } = useQuery(pinsQuery);
  return (
    <>
      <h2>{t('pins.title')}</h2>
      <p className="sub" style={{ margin: 0 }}>
        {t('pins.explained')}
      </p>
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {!pins && !error && <SkeletonRows rows={3} />}
      {pins?.length === 0 && (
        <div className="panel empty">
          <h2>{t('pins.none')}</h2>
          <p>{t('pins.noneHint')}</p>
        </div>
      )}
      {pins && pins.length > 0 && <PinTable pins={pins} />}
    </>
  );
}

function PinTable({ pins }: { pins: Pin[] }) {
  const { t } = useTranslation();
  const mayUnpin = useMay('messages:unpin');
  const [asking, setAsking] = useState<Pin | null>(null);
  const unpin = useUnpin();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('pins.title')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('replay.chargePoint')}</th>
            <th>{t('pins.from')}</th>
            <th>{t('pins.to')}</th>
            <th>{t('pins.reason')}</th>
            <th>{t('pins.who')}</th>
            <th>
              <span className="hide">{t('pins.open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pins.map((pin) => (
            <tr key={pin.id}>
              <td className="b" style={{ whiteSpace: 'nowrap' }}>
                {pin.thingName}
              </td>
              <td style={{ whiteSpace: 'nowrap' }}>
                <DateTime at={pin.from} />
              </td>
              <td style={{ whiteSpace: 'nowrap' }}>
                <DateTime at={pin.to} />
              </td>
              <td style={{ minWidth: 160, maxWidth: 420, overflowWrap: 'anywhere' }}>{pin.reason}</td>
              <td className="sub" style={{ whiteSpace: 'nowrap' }}>
                <DateTime at={pin.pinnedAt} /> · {pin.pinnedBy}
              </td>
              <td>
                <span className="row" style={{ justifyContent: 'flex-end', gap: 4 }}>
                  {pin.transactionId && (
                    <Link className="btn small" to="/sessions/$id" params={{ id: pin.transactionId }}>
                      {t('pins.session')}
                    </Link>
                  )}
                  <Link
                    className="btn small"
                    to="/messages"
                    search={{ thingName: pin.thingName, from: pin.from, to: pin.to }}
                  >
                    {t('pins.open')}
                  </Link>
                  {mayUnpin && (
                    <button type="button" className="btn small quiet" onClick={() => setAsking(pin)}>
                      {t('pins.unpin')}
                    </button>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        open={asking !== null}
        title={t('pins.unpinTitle', { name: asking?.thingName, reason: asking?.reason })}
        confirmLabel={t('pins.unpinConfirm')}
        busy={unpin.isPending}
        onConfirm={() => asking && unpin.mutate(asking.id, { onSuccess: () => setAsking(null) })}
        onClose={() => setAsking(null)}
      >
        <p style={{ marginTop: 0 }}>{t('pins.unpinEffect', { name: asking?.thingName })}</p>
        {unpin.error && <ProblemNote error={unpin.error} />}
      </ConfirmDialog>
    </section>
  );
}
