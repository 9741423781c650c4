import type { RegisteredThing, Thing } from '@cpo-console/shared/api/things.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { api, thingPath } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { HighestProfile } from './highest-profile.tsx';
import { OfferedPassword } from './offered-password.tsx';

/** How it signs in. A new password shows once, here. */
export function Credentials({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const may = useMay('things:credentials');
  const [asking, setAsking] = useState(false);
  const { thingName: name, auth } = thing;
  const renew = useMutation({
    mutationFn: () => api.post<RegisteredThing>(thingPath(name, '/credentials')),
    onSettled: () => setAsking(false),
  });
  const password = renew.data?.credentials.password;
  const isOpen = auth.type === 'none';
  return (
    <section className="panel" aria-label={t('security.credentials')}>
      <div className="ph">
        <h2>{t('security.credentials')}</h2>
        <Tag tone={isOpen ? 'warn' : 'ok'} icon={isOpen ? 'triangle' : 'lock'}>
          {t(`security.auth.${auth.type}`)}
        </Tag>
        <span className="grow" />
        {may && auth.type === 'basic' && (
          <button type="button" className="btn small" onClick={() => setAsking(true)}>
            {t('security.renew')}
          </button>
        )}
      </div>
      <div className="pb stack">
        <span className="sub">{t(`security.authHint.${auth.type}`, { name })}</span>
        {auth.securityProfile !== null && (
          <HighestProfile thing={thing} profile={auth.securityProfile} mayForget={may} />
        )}
        {auth.passwordOfferedAt !== null && (
          <OfferedPassword thingName={name} at={auth.passwordOfferedAt} mayWithdraw={may} />
        )}
        {renew.error && <ProblemNote error={renew.error} />}
        {password !== undefined && (
          <div className="note care stack" role="status">
            <span>
              <b>{t('security.newPassword')}</b> {t('security.once')}
            </span>
            <span className="row wrap">
              <code className="m" style={{ overflowWrap: 'anywhere' }}>
                {password}
              </code>
              <CopyButton text={password} />
            </span>
          </div>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        title={t('security.renewTitle', { name })}
        confirmLabel={t('security.renewConfirm')}
        busy={renew.isPending}
        onConfirm={() => renew.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('security.renewEffect', { name })}
      </ConfirmDialog>
    </section>
  );
}
