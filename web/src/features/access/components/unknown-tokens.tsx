import type { UnknownToken } from '@cpo-console/shared/api/access.ts';
import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { api } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';
import { unknownTokensQuery } from '../api/access-queries.ts';
import styles from './access.module.css';

const FIRST = 3;

/** Tokens that were refused because nobody has registered them: which, where, how often, and one click to add each. */
export function UnknownTokens() {
  const { t } = useTranslation();
  const { data: unknown = [] } = useQuery(unknownTokensQuery);
  const [all, setAll] = useState(false);
  if (unknown.length === 0) return null;
  const shown = all ? unknown : unknown.slice(0, FIRST);
  return (
    <section className={styles.strip} aria-label={t('access.unknown.label')}>
      {shown.map((token) => (
        <UnknownRow key={token.idToken} token={token} />
      ))}
      {unknown.length > FIRST && (
        <div className={styles.row}>
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('door.fewer') : t('door.more', { count: unknown.length - FIRST })}
          </button>
        </div>
      )}
    </section>
  );
}

function UnknownRow({ token }: { token: UnknownToken }) {
  const { t } = useTranslation();
  const may = useMay('id-tokens:write');
  const client = useQueryClient();
  const { idToken, type, thingName, tries, lastAt } = token;
  const refresh = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.unknownTokens }),
      client.invalidateQueries({ queryKey: keys.idTokens.all }),
    ]);
  };
  const add = useMutation({
    mutationFn: () => api.post<IdToken>('/id-tokens', { idToken, ...(type !== null && { type }) }),
    onSettled: refresh,
  });
  const dismiss = useMutation({
    mutationFn: () => api.delete(`/unknown-tokens/${encodeURIComponent(idToken)}`),
    onSettled: refresh,
  });
  return (
    <div className={styles.row}>
      <Tag tone="warn" icon="lock">
        {t('access.unknown.state')}
      </Tag>
      <b className="m cut">{idToken}</b>
      <span className="sub">
        {type && `${type} · `}
        <Link
          to="/charge-points/$name"
          params={{ name: thingName }}
          search={{ tab: 'messages' }}
          style={{ textDecoration: 'underline' }}
        >
          {thingName}
        </Link>
        {` · ${t('access.unknown.tries', { count: tries })} · `}
        <Age at={lastAt} />
      </span>
      <span className="grow" />
      {may && (
        <>
          <button type="button" className="btn quiet small" onClick={() => dismiss.mutate()}>
            {t('access.unknown.dismiss')}
          </button>
          <button type="button" className="btn" disabled={add.isPending} onClick={() => add.mutate()}>
            {t('access.unknown.add', { token: idToken })}
          </button>
        </>
      )}
      {add.isError && <ProblemNote error={add.error} />}
    </div>
  );
}
