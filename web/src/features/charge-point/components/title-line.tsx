import type { Thing } from '@cpo-console/shared/api/things.ts';
import { Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { OverallTag } from '../../../components/ui/overall-tag.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { api, thingPath } from '../../../lib/api-client.ts';
import { useMay } from '../../../lib/permissions.ts';
import { versionName } from '../../../lib/station-view.ts';
import { keys } from '../../../live/query-keys.ts';
import { isHeldBack } from '../api/boot-policy.ts';
import { type QuickCommand, quickCommand, useQuickCommand } from '../api/quick-commands.ts';
import { BootPolicyDialog } from './boot-policy-dialog.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import { Standing } from './standing.tsx';

export function TitleLine({ thing }: { thing: Thing }) {
  const { t } = useTranslation();
  const { thingName: name, protocol } = thing;
  const maySend = useMay('commands:support');
  const mayConfigure = useMay('things:configure');
  const mayDelete = useMay('things:delete');
  const [asking, setAsking] = useState<'reset' | 'boot' | 'delete' | null>(null);
  const send = useQuickCommand(name);
  const run = (quick: QuickCommand) => send.mutate(quickCommand(quick));
  const station = thing.state.chargingStation;
  return (
    <>
      <div className="row wrap">
        <h1>{name}</h1>
        <OverallTag state={thing.overall} />
        <Standing thing={thing} />
        {mayConfigure && isHeldBack(thing) && (
          <button type="button" className="btn small" onClick={() => setAsking('boot')}>
            {t('boot.decide')}
          </button>
        )}
        <span className="sub">
          {[station?.vendorName, station?.model, protocol && `OCPP ${versionName(protocol)}`]
            .filter(Boolean)
            .join(' · ')}
          {thing.lastSeenAt && (
            <>
              {' · '}
              {t('thing.seen')} <Age at={thing.lastSeenAt} />
            </>
          )}
        </span>
        {thing.tags.map((tag) => (
          <span key={tag} className="s off">
            {tag}
          </span>
        ))}
        <span className="grow" />
        {send.data && !send.isPending && <CommandAnswer command={send.data} announce />}
        {send.isPending && (
          <span className="mut" role="status">
            {t('commands.waiting', { name })}
          </span>
        )}
        {maySend && (
          <>
            <button
              type="button"
              className="btn"
              disabled={!thing.connected || send.isPending}
              onClick={() => setAsking('reset')}
            >
              {t('thing.reset')}
            </button>
            <Menu position="bottom-end">
              <Menu.Target>
                <button type="button" className="btn" disabled={send.isPending}>
                  {t('thing.more')} <span aria-hidden="true">▾</span>
                </button>
              </Menu.Target>
              <Menu.Dropdown>
                {(['heartbeat', 'boot', 'status'] as const).map((quick) => (
                  <Menu.Item key={quick} disabled={!thing.connected} onClick={() => run(quick)}>
                    {t(`thing.trigger.${quick}`)}
                  </Menu.Item>
                ))}
                {mayConfigure && <Menu.Divider />}
                {mayConfigure && <Menu.Item onClick={() => setAsking('boot')}>{t('boot.menu')}</Menu.Item>}
                {mayDelete && <Menu.Divider />}
                {mayDelete && (
                  <Menu.Item color="red" onClick={() => setAsking('delete')}>
                    {t('thing.delete')}
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </div>
      {send.isError && <ProblemNote error={send.error} />}
      <ResetDialog
        thing={thing}
        open={asking === 'reset'}
        onReset={(command) => {
          setAsking(null);
          send.mutate(command);
        }}
        onClose={() => setAsking(null)}
      />
      <BootPolicyDialog
        thing={thing}
        open={asking === 'boot'}
        onClose={() => setAsking(null)}
        onTrigger={() => run('boot')}
      />
      <DeleteDialog name={name} open={asking === 'delete'} onClose={() => setAsking(null)} />
    </>
  );
}

function DeleteDialog({ name, open, onClose }: { name: string; open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => api.delete(thingPath(name)),
    onSuccess: async () => {
      await navigate({ to: '/' });
      client.removeQueries({ queryKey: keys.things.detail(name) });
      await client.invalidateQueries({ queryKey: keys.things.list });
    },
  });
  return (
    <ConfirmDialog
      open={open}
      title={t('thing.deleteTitle', { name })}
      confirmLabel={t('thing.deleteConfirm', { name })}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p style={{ marginTop: 0 }}>{t('thing.deleteEffect', { name })}</p>
      {remove.isError && <ProblemNote error={remove.error} />}
    </ConfirmDialog>
  );
}
