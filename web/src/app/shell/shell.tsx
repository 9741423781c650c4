import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../lib/thing-queries.ts';
import { LiveProvider } from '../../live/live-provider.tsx';
import { Header } from './header.tsx';
import { KeysHelp } from './keys-help.tsx';
import { Navigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import styles from './shell.module.css';
import { useGlobalKeys } from './use-global-keys.ts';

export function Shell() {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const router = useRouter();
  const isSignedOut = session.data === null;
  useEffect(() => {
    if (isSignedOut) void router.invalidate();
  }, [router, isSignedOut]);
  useGlobalKeys({ onPalette: () => setPalette(true), onHelp: () => setHelp(true) });
  return (
    <LiveProvider enabled={Boolean(session.data)}>
      <a href="#main" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <div className={styles.app}>
        <Header onPalette={() => setPalette(true)} onHelp={() => setHelp(true)} />
        <Navigation />
        <main id="main" className={styles.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Palette open={palette} onClose={() => setPalette(false)} />
      <KeysHelp open={help} onClose={() => setHelp(false)} />
    </LiveProvider>
  );
}
