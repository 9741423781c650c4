import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { reservationsQuery } from '../api/reservations.ts';
import { ReservationTable } from './reservation-table.tsx';
import { ReserveForm } from './reserve-form.tsx';

/** Of one charge point with a way to make one, or of the whole fleet. */
export function Reservations({ thing, open = false }: { thing: Thing | null; open?: boolean }) {
  const { t } = useTranslation();
  const may = useMay('commands:operate');
  const query = useInfiniteQuery(reservationsQuery(thing?.thingName ?? null, open));
  const reservations = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {thing && may && <ReserveForm thing={thing} />}
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && (
        <div className="panel">
          <SkeletonRows />
        </div>
      )}
      {query.data && reservations.length === 0 && (
        <div className="panel empty">
          <h2>{open ? t('reservation.noneOpen') : t('reservation.none')}</h2>
          <p>{thing ? t('reservation.noneHint') : t('reservation.noneFleetHint')}</p>
        </div>
      )}
      {reservations.length > 0 && <ReservationTable reservations={reservations} withName={thing === null} />}
      {query.hasNextPage && (
        <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
          {t('action.more')}
        </button>
      )}
    </>
  );
}
