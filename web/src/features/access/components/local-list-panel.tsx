import type { LocalList } from '@cpo-console/shared/api/access.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age, DateTime } from '../../../components/ui/time.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { keys } from '../../../live/query-keys.ts';
import { localListQuery } from '../api/local-list-queries.ts';
import { LocalListState } from './local-list-state.tsx';
import { SendListForm } from './send-list-form.tsx';

/** Who may charge at one charge point while we are away, and its memory of whom it has asked about. */
export function LocalListPanel({ thing }: { thing: Thing }) {
  const { thingName } = thing;
  const { data: list, error, refetch } = useQuery(localListQuery(thingName));
  if (error && !list) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!list) return <SkeletonRows />;
  return (
    <>
      <ListFacts thing={thing} list={list} />
      <SendListForm thing={thing} list={list} />
      <Entries list={list} />
    </>
  );
}

function ListFacts({ thing, list }: { thing: Thing; list: LocalList }) {
  const { t } = useTranslation();
  const may = useMay('commands:support');
  const mayClear = useMay('commands:operate');
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const send = useCommand(thing.thingName);
  const run = (action: string) => {
    setAsking(false);
    send.mutate(
      { action, payload: {} },
      { onSuccess: () => void client.invalidateQueries({ queryKey: keys.localLists.all }) },
    );
  };
  const { attempt, reported, cache } = list;
  const facts: [string, ReactNode][] = [
    [t('access.list.version'), list.version ?? '—'],
    [t('access.list.size'), list.size ?? '—'],
    [t('access.list.changed'), list.changed ?? '—'],
    [
      t('access.list.attempt'),
      attempt ? (
        <span key="attempt">
          {`${attempt.updateType} ${attempt.version}: ${attempt.outcome}, ${attempt.by}, `}
          <Age at={attempt.at} />
        </span>
      ) : (
        '—'
      ),
    ],
    [
      t('access.list.reported'),
      reported ? (
        <span key="reported">
          {reported.version}, <Age at={reported.at} />
        </span>
      ) : (
        '—'
      ),
    ],
    [
      t('access.list.cache'),
      cache ? (
        <span key="cache">
          {cache.status}, <Age at={cache.at} />
        </span>
      ) : (
        '—'
      ),
    ],
  ];
  const busy = !thing.connected || send.isPending;
  return (
    <section className="panel" aria-label={t('access.list.title')} style={{ flex: 'none' }}>
      <div className="ph" style={{ flexWrap: 'wrap' }}>
        <h2>{t('access.list.title')}</h2>
        <LocalListState state={list.state} />
        <span className="grow" />
        {send.data && !send.isPending && <CommandAnswer command={send.data} announce />}
        {may && (
          <button type="button" className="btn" disabled={busy} onClick={() => run('GetLocalListVersion')}>
            {t('access.list.ask')}
          </button>
        )}
        {mayClear && (
          <button type="button" className="btn" disabled={busy} onClick={() => setAsking(true)}>
            {t('access.list.clearCache')}
          </button>
        )}
      </div>
      {send.error && <ProblemNote error={send.error} />}
      <dl className="pb kv">
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ConfirmDialog
        open={asking}
        title={t('access.list.clearTitle', { name: thing.thingName })}
        confirmLabel={t('access.list.clearConfirm')}
        onConfirm={() => run('ClearCache')}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>{t('access.list.clearEffect', { name: thing.thingName })}</p>
      </ConfirmDialog>
    </section>
  );
}

function Entries({ list }: { list: LocalList }) {
  const { t } = useTranslation();
  if (list.entries === null || list.entries.length === 0) {
    return (
      <div className="panel empty">
        <p>{list.entries === null ? t('access.list.contentUnknown') : t('access.list.empty')}</p>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('access.list.entries')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('access.token')}</th>
            <th>{t('access.list.told')}</th>
            <th>{t('access.expires')}</th>
            <th>{t('access.group')}</th>
            <th>{t('access.list.drift')}</th>
          </tr>
        </thead>
        <tbody>
          {list.entries.map((entry) => (
            <tr key={`${entry.type} ${entry.idToken}`}>
              <td className="m b" style={{ whiteSpace: 'nowrap' }}>
                {entry.idToken}
              </td>
              <td>{entry.status}</td>
              <td>
                <DateTime at={entry.expiresAt} />
              </td>
              <td className="m">{entry.groupIdToken ?? '—'}</td>
              <td>
                <Tag tone={entry.changed ? 'warn' : 'ok'} icon={entry.changed ? 'half' : 'check'}>
                  {entry.changed ? t('access.list.isChanged') : t('access.list.isSame')}
                </Tag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
