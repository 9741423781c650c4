import type { ApiToken, CreatedApiToken } from '@cpo-console/shared/api/sign-in.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age, DateTime } from '../../../components/ui/time.tsx';
import { useNow } from '../../../lib/use-now.ts';
import { apiTokensQuery, useRevokeToken } from '../api/users.ts';
import { AddToken } from './add-token.tsx';
import { OnceShown } from './once-shown.tsx';

/** Programs that use the API. */
export function ApiTokens() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(apiTokensQuery);
  const [adding, setAdding] = useState(false);
  const [created, setCreated] = useState<CreatedApiToken | null>(null);
  return (
    <>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <h2>{t('tokens.title')}</h2>
        <button type="button" className="btn" onClick={() => setAdding(true)}>
          {t('tokens.add')}
        </button>
      </div>
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {isPending && (
        <div className="panel">
          <SkeletonRows rows={2} />
        </div>
      )}
      {data?.items.length === 0 && (
        <div className="panel empty">
          <h2>{t('tokens.none')}</h2>
          <p>{t('tokens.noneHint')}</p>
        </div>
      )}
      {data && data.items.length > 0 && <TokenTable tokens={data.items} />}
      {adding && <AddToken onClose={() => setAdding(false)} onCreated={setCreated} />}
      {created && (
        <OnceShown
          title={t('tokens.created', { name: created.name })}
          secret={created.token}
          label={t('tokens.token')}
          onClose={() => setCreated(null)}
        >
          {t('tokens.createdHint')}
        </OnceShown>
      )}
    </>
  );
}

function TokenTable({ tokens }: { tokens: readonly ApiToken[] }) {
  const { t } = useTranslation();
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const now = useNow();
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="panel scroll" tabIndex={0} aria-label={t('tokens.title')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('tokens.name')}</th>
              <th>{t('users.role')}</th>
              <th>{t('tokens.made')}</th>
              <th>{t('tokens.expires')}</th>
              <th>{t('openSessions.lastUsed')}</th>
              <th aria-label={t('access.actions')} />
            </tr>
          </thead>
          <tbody>
            {tokens.map((token) => (
              <tr key={token.id}>
                <td className="b">{token.name}</td>
                <td>{t(`role.${token.role}`)}</td>
                <td>
                  <DateTime at={token.createdAt} /> <span className="sub">{token.createdBy}</span>
                </td>
                <td>
                  {token.expiresAt === null ? t('tokens.never') : <DateTime at={token.expiresAt} />}{' '}
                  {token.expiresAt !== null && Date.parse(token.expiresAt) <= now && (
                    <Tag tone="warn" icon="triangle">
                      {t('tokens.over')}
                    </Tag>
                  )}
                </td>
                <td>
                  <Age at={token.lastUsedAt} />
                </td>
                <td className="num">
                  <button
                    type="button"
                    className="btn small"
                    aria-label={t('tokens.revokeOf', { name: token.name })}
                    onClick={() => setRevoking(token)}
                  >
                    {t('tokens.revoke')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {revoking && <RevokeToken token={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function RevokeToken({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { t } = useTranslation();
  const revoke = useRevokeToken();
  return (
    <ConfirmDialog
      open
      title={t('tokens.revokeTitle', { name: token.name })}
      confirmLabel={t('tokens.revoke')}
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate(token, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p style={{ marginTop: 0 }}>{t('tokens.revokeEffect')}</p>
      {revoke.error && <ProblemNote error={revoke.error} />}
    </ConfirmDialog>
  );
}
