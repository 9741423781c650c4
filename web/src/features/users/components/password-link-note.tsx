import type { PasswordLink } from '@cpo-console/shared/api/sign-in.ts';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../../lib/format.ts';
import { OnceShown } from './once-shown.tsx';

export interface ShownLink {
  /** Of the user that it is for. */
  name: string;
  link: PasswordLink;
}

export function PasswordLinkNote({ name, link, onClose }: ShownLink & { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const address = new URL(`/password?token=${encodeURIComponent(link.token)}`, window.location.origin).href;
  return (
    <OnceShown title={t('users.linkFor', { name })} secret={address} label={t('users.link')} onClose={onClose}>
      {t('users.linkExplained', { name, until: dateTime(i18n.language, link.expiresAt) })}
    </OnceShown>
  );
}
