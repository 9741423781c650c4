import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../../lib/format.ts';
import { useMayAny } from '../../lib/permissions.ts';
import { fleetQuery } from '../../lib/thing-queries.ts';
import { pagesFor } from './page-list.ts';
import styles from './shell.module.css';

export function Navigation() {
  const { t, i18n } = useTranslation();
  const may = useMayAny();
  const { data: fleet } = useQuery(fleetQuery);
  // On a phone the pages are a strip that scrolls.
  const bar = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the page
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    bar.current?.querySelector('[data-status="active"]')?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <nav ref={bar} className={styles.nav} aria-label={t('nav.label')}>
      {pagesFor(may).map(({ to, label, count }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
          <span>{t(label)}</span>
          {count && <span className="mut">{fleet && number(i18n.language, fleet[count])}</span>}
        </Link>
      ))}
    </nav>
  );
}
