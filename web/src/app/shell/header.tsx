import { Menu, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/ui/icons.tsx';
import { setLanguage } from '../../i18n/i18n.ts';
import { api } from '../../lib/api-client.ts';
import { sessionQuery } from '../../lib/thing-queries.ts';
import { useLiveRetry, useLiveStatus } from '../../live/live-provider.tsx';
import { ChangePassword } from './change-password.tsx';
import styles from './shell.module.css';

export function Header({ onPalette, onHelp }: { onPalette: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.brand} aria-label="CPO Console">
        <img src="/favicon.svg" alt="" width="18" height="18" />
        <span className={styles.wide}>CPO Console</span>
      </Link>
      <button type="button" className={styles.search} onClick={onPalette}>
        <span>{t('shell.search')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className={styles.right}>
        <LivePill />
        <Languages />
        <ThemeMenu />
        <button
          type="button"
          className={`${styles.tool} ${styles.wide}`}
          onClick={onHelp}
          aria-label={t('shell.keys')}
          title={t('shell.keys')}
        >
          ?
        </button>
        <UserMenu />
      </div>
    </header>
  );
}

function LivePill() {
  const { t } = useTranslation();
  const status = useLiveStatus();
  const retry = useLiveRetry();
  const tone = status === 'live' ? 'ok' : status === 'lost' ? 'bad' : 'warn';
  return (
    <span role="status" className="row" style={{ gap: 6 }}>
      <span className={`s ${tone}`} title={t(`live.${status}Hint`)}>
        <Icon name={status === 'live' ? 'full' : status === 'lost' ? 'triangle' : 'half'} />
        <span>{t(`live.${status}`)}</span>
      </span>
      {status === 'lost' && (
        <button type="button" className="btn small" onClick={retry}>
          {t('action.retryNow')}
        </button>
      )}
    </span>
  );
}

function Languages() {
  const { i18n } = useTranslation();
  return (
    <span className={styles.langs}>
      {(['en', 'ja'] as const).map((language) => (
        <button
          key={language}
          type="button"
          className={styles.tool}
          lang={language}
          aria-pressed={i18n.language === language}
          aria-label={language === 'en' ? 'EN, English' : '日本語'}
          onClick={() => void setLanguage(language)}
        >
          {language === 'en' ? 'EN' : '日本語'}
        </button>
      ))}
    </span>
  );
}

function ThemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={styles.tool} aria-label={t('theme.label')} title={t('theme.label')}>
          <Icon name="half" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['light', 'dark', 'auto'] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={colorScheme === scheme ? <Icon name="check" /> : null}
          >
            {t(`theme.${scheme}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function UserMenu() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const signOut = useMutation({
    mutationFn: () => api.delete('/session'),
    onSettled: async () => {
      client.clear();
      await router.navigate({ to: '/sign-in' });
    },
  });
  const [changing, setChanging] = useState(false);
  if (!session) return null;
  const who = `${session.user.name} · ${t(`role.${session.user.role}`)}`;
  return (
    <>
      <ChangePassword open={changing} onClose={() => setChanging(false)} />
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" className={styles.tool} aria-label={t('user.menu', { name: who })}>
            <span className={styles.wide}>{who}</span>
            <span aria-hidden="true">▾</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{who}</Menu.Label>
          <Menu.Item component="a" href="/docs">
            {t('user.api')}
          </Menu.Item>
          <Menu.Item onClick={() => setChanging(true)}>{t('password.change')}</Menu.Item>
          <Menu.Item onClick={() => signOut.mutate()}>{t('user.signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
