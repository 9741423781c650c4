import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Reservations } from '../../features/reservations/components/reservations.tsx';

const route = getRouteApi('/shell/reservations');

export function ReservationsPage() {
  const { t } = useTranslation();
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const isOpen = open === 'true';
  return (
    <>
      <div className="row">
        <h1>{t('reservation.title')}</h1>
        <span className="grow" />
        <button
          type="button"
          className={`chip ${isOpen ? 'on' : ''}`}
          aria-pressed={isOpen}
          onClick={() => void navigate({ search: isOpen ? {} : { open: 'true' }, replace: true })}
        >
          {t('reservation.onlyOpen')}
        </button>
      </div>
      <Reservations thing={null} open={isOpen} />
    </>
  );
}
