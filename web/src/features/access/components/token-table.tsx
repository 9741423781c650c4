import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { api } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { useNow } from '../../../lib/use-now.ts';
import { keys } from '../../../live/query-keys.ts';
import { tokenPath } from '../api/access-queries.ts';

export function TokenTable({ tokens, onEdit }: { tokens: IdToken[]; onEdit: (token: IdToken) => void }) {
  const { t } = useTranslation();
  const may = useMay('id-tokens:write');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('access.tokens')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('column.state')}</th>
            <th>{t('access.token')}</th>
            <th>{t('access.type')}</th>
            <th>{t('access.expires')}</th>
            <th>{t('access.group')}</th>
            <th className="num">{t('access.limit')}</th>
            <th>{t('access.language')}</th>
            <th>{t('access.note')}</th>
            <th aria-label={t('access.actions')} />
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.idToken}>
              <td>
                <TokenState token={token} />
              </td>
              <td className="m b" style={{ whiteSpace: 'nowrap' }}>
                <Link to="/sessions" search={{ idToken: token.idToken }} title={t('access.sessionsOf')}>
                  {token.idToken}
                </Link>
              </td>
              <td>{token.type}</td>
              <td style={{ whiteSpace: 'nowrap' }}>
                <DateTime at={token.expiresAt} />
              </td>
              <td className="m">{token.groupIdToken ?? '—'}</td>
              <td className="num">{token.concurrentLimit ?? t('access.anyNumber')}</td>
              <td>{token.language ?? '—'}</td>
              <td className="sub">{token.note}</td>
              <td className="num">{may && <TokenActions token={token} onEdit={() => onEdit(token)} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What a charge point is told: one that is accepted may have run out. */
function TokenState({ token }: { token: IdToken }) {
  const { t } = useTranslation();
  const now = useNow();
  const isPast = token.expiresAt !== null && Date.parse(token.expiresAt) <= now;
  const status = token.status === 'Accepted' && isPast ? 'Expired' : token.status;
  const tone = status === 'Accepted' ? 'ok' : status === 'Blocked' ? 'bad' : status === 'Expired' ? 'warn' : 'off';
  return (
    <Tag tone={tone} icon={status === 'Accepted' ? 'check' : status === 'Expired' ? 'clock' : 'cross'}>
      {t(`access.status.${status}`)}
    </Tag>
  );
}

function TokenActions({ token, onEdit }: { token: IdToken; onEdit: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const blocked = token.status === 'Blocked';
  const block = useMutation({
    mutationFn: () => {
      const { idToken, createdAt: _created, updatedAt: _updated, ...facts } = token;
      return api.put(tokenPath(idToken), { ...facts, status: blocked ? 'Accepted' : 'Blocked' });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.idTokens.all }),
  });
  return (
    <span className="row" style={{ justifyContent: 'flex-end', gap: 4 }}>
      {block.isError && (
        <Tag tone="bad" icon="triangle" title={block.error.message}>
          {t('error.title')}
        </Tag>
      )}
      <button type="button" className="btn small" disabled={block.isPending} onClick={() => block.mutate()}>
        {blocked ? t('access.unblock') : t('access.block')}
      </button>
      <button type="button" className="btn small" onClick={onEdit}>
        {t('action.edit')}
      </button>
    </span>
  );
}
