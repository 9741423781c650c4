import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { number } from '../../lib/format.ts';
import { fleetQuery } from '../../lib/thing-queries.ts';
import styles from './shell.module.css';

export function Navigation() {
  const { t, i18n } = useTranslation();
  const { data: fleet } = useQuery(fleetQuery);
  const count = (value: number | undefined) => (
    <span className="mut">{value === undefined ? '' : number(i18n.language, value)}</span>
  );
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
        <span>{t('nav.chargePoints')}</span>
        {count(fleet?.total)}
      </Link>
      <Link to="/messages" activeOptions={{ includeSearch: false }}>
        <span>{t('nav.messages')}</span>
      </Link>
      <Link to="/sessions" activeOptions={{ includeSearch: false }}>
        <span>{t('nav.sessions')}</span>
        {count(fleet?.activeTransactions)}
      </Link>
      <Link to="/reservations" activeOptions={{ includeSearch: false }}>
        <span>{t('reservation.title')}</span>
      </Link>
      <Link to="/bulk-commands" activeOptions={{ includeSearch: false }}>
        <span>{t('bulk.list')}</span>
      </Link>
      <Link to="/access" activeOptions={{ includeSearch: false }}>
        <span>{t('nav.access')}</span>
      </Link>
      <Link to="/configuration" activeOptions={{ includeSearch: false }}>
        <span>{t('desired.title')}</span>
      </Link>
      <Link to="/firmware" activeOptions={{ includeSearch: false }}>
        <span>{t('nav.firmware')}</span>
      </Link>
      <Link to="/tolerance" activeOptions={{ includeSearch: false }}>
        <span>{t('tolerance.title')}</span>
      </Link>
    </nav>
  );
}
