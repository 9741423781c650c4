import type { Shadow } from '@cpo-console/shared/api/things.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { JsonText } from '../../../components/ui/json-text.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { api, thingPath } from '../../../lib/api-client.ts';
import { isRecord, parseJson } from '../../../lib/json.ts';
import { useMay } from '../../../lib/permissions.ts';
import { keys } from '../../../live/query-keys.ts';
import { desiredPatch } from '../api/desired-patch.ts';
import styles from './shadow.module.css';

export function ShadowPanel({ thingName }: { thingName: string }) {
  const { t } = useTranslation();
  const {
    data: shadow,
    error,
    refetch,
  } = useQuery({
    queryKey: keys.things.shadow(thingName),
    queryFn: ({ signal }) => api.get<Shadow>(thingPath(thingName, '/shadow'), undefined, signal),
  });
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!shadow) {
    return (
      <div className="panel">
        <SkeletonRows />
      </div>
    );
  }
  return (
    <div className={styles.two}>
      <section className="panel" aria-label={t('shadow.reported')}>
        <div className="ph">
          <h2>{t('shadow.reported')}</h2>
          <span className="mut grow">
            {t('shadow.version', { version: shadow.version })} ·{' '}
            <DateTime at={new Date(shadow.timestamp * 1000).toISOString()} />
          </span>
          <CopyButton text={() => JSON.stringify(shadow, null, 2)} label={t('action.copyJson')} />
        </div>
        <JsonText value={shadow.state.reported} />
      </section>
      <Desired key={thingName} shadow={shadow} />
    </div>
  );
}

function Desired({ shadow }: { shadow: Shadow }) {
  const { t } = useTranslation();
  const may = useMay('things:configure');
  const client = useQueryClient();
  /** What is typed, and what stood there when the edit began. */
  const [edit, setEdit] = useState<{ base: Record<string, unknown>; draft: string } | null>(null);
  const save = useMutation({
    mutationFn: (desired: Record<string, unknown>) =>
      api.patch<Shadow>(thingPath(shadow.thingName, '/shadow'), { state: { desired } }),
    onSuccess: (saved) => {
      client.setQueryData(keys.things.shadow(shadow.thingName), saved);
      setEdit(null);
    },
  });
  const parsed = edit && parseJson(edit.draft);
  const wanted = parsed?.ok && isRecord(parsed.value) ? parsed.value : null;
  return (
    <section className="panel" aria-label={t('shadow.desired')}>
      <div className="ph">
        <h2>{t('shadow.desired')}</h2>
        <span className="grow" />
        {may && edit === null && (
          <button
            type="button"
            className="btn small"
            onClick={() =>
              setEdit({ base: shadow.state.desired, draft: JSON.stringify(shadow.state.desired, null, 2) })
            }
          >
            {t('action.edit')}
          </button>
        )}
      </div>
      {edit === null ? (
        <JsonText value={shadow.state.desired} />
      ) : (
        <div className="pb stack">
          <textarea
            className="in"
            rows={16}
            spellCheck={false}
            aria-label={t('shadow.desired')}
            aria-invalid={wanted === null}
            value={edit.draft}
            onChange={(event) => setEdit({ ...edit, draft: event.target.value })}
          />
          {parsed && !parsed.ok && <div className="note">{parsed.message}</div>}
          {parsed?.ok && wanted === null && <div className="note">{t('shadow.mustBeObject')}</div>}
          {save.isError && <ProblemNote error={save.error} />}
          <div className="row">
            <button
              type="button"
              className="btn p"
              disabled={wanted === null || save.isPending}
              onClick={() => wanted && save.mutate(desiredPatch(edit.base, wanted))}
            >
              {t('action.save')}
            </button>
            <button type="button" className="btn" onClick={() => setEdit(null)}>
              {t('action.cancel')}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}
