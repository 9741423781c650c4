import type { LocalList, SendLocalList } from '@cpo-console/shared/api/access.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { useSendLocalList } from '../api/local-list-queries.ts';

/** Nothing is sent by itself: which tokens, whole or what differs, is said here. */
export function SendListForm({ thing, list }: { thing: Thing; list: LocalList }) {
  const { t } = useTranslation();
  const id = useId();
  const may = useMay('commands:operate');
  const send = useSendLocalList(thing.thingName);
  const [of, setOf] = useState<SendLocalList['of']>('registry');
  const [group, setGroup] = useState('');
  const [updateType, setUpdateType] = useState<SendLocalList['updateType']>('Full');
  if (!may) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ updateType, of, ...(of === 'group' && { groupIdToken: group.trim() }) });
  };
  const choices = ['registry', 'group', ...(list.attempt ? (['same'] as const) : [])] as const;
  const last = send.data?.commands.at(-1);
  return (
    <form className="panel pb stack" onSubmit={submit} aria-label={t('access.list.send')} style={{ flex: 'none' }}>
      <div className="row wrap" style={{ alignItems: 'flex-end' }}>
        <div className="field">
          <label htmlFor={`${id}of`}>{t('access.list.of')}</label>
          <select id={`${id}of`} className="in" value={of} onChange={(event) => setOf(event.target.value as typeof of)}>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {t(`access.list.choice.${choice}`)}
              </option>
            ))}
          </select>
        </div>
        {of === 'group' && (
          <div className="field">
            <label htmlFor={`${id}group`}>{t('access.group')}</label>
            <input
              id={`${id}group`}
              className="in m"
              required
              maxLength={255}
              autoComplete="off"
              value={group}
              onChange={(event) => setGroup(event.target.value)}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}type`}>{t('access.list.how')}</label>
          <select
            id={`${id}type`}
            className="in"
            value={updateType}
            onChange={(event) => setUpdateType(event.target.value as typeof updateType)}
          >
            <option value="Full">{t('access.list.full')}</option>
            <option value="Differential">{t('access.list.differential')}</option>
          </select>
        </div>
        <button type="submit" className="btn p" disabled={!thing.connected || send.isPending}>
          {t('access.list.send')}
        </button>
        {!last && !send.isPending && (
          <span className="mut">{t('access.list.asVersion', { version: list.nextVersion })}</span>
        )}
        {last && !send.isPending && <CommandAnswer command={last} announce />}
        {send.data && !last && <span role="status">{t('access.list.nothing')}</span>}
      </div>
      {send.data && send.data.leftOut.length > 0 && (
        <div className="note care">{t('access.list.leftOut', { tokens: send.data.leftOut.join(', ') })}</div>
      )}
      {send.error && <ProblemNote error={send.error} />}
    </form>
  );
}
