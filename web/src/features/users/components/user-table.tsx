import type { User } from '@cpo-console/shared/api/sign-in.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age, DateTime } from '../../../components/ui/time.tsx';
import { sessionQuery } from '../../../lib/thing-queries.ts';
import { useNewLink, useRemoveUser, useSetRole } from '../api/users.ts';
import type { ShownLink } from './password-link-note.tsx';
import { RoleSelect } from './role-select.tsx';

interface UserTableProps {
  users: readonly User[];
  onLink: (link: ShownLink) => void;
}

export function UserTable({ users, onLink }: UserTableProps) {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const setRole = useSetRole();
  const newLink = useNewLink();
  const [removing, setRemoving] = useState<User | null>(null);
  const problem = setRole.error ?? newLink.error;
  return (
    <>
      {problem && <ProblemNote error={problem} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="panel scroll" tabIndex={0} aria-label={t('users.title')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('signIn.name')}</th>
              <th>{t('users.role')}</th>
              <th>{t('users.since')}</th>
              <th>{t('users.signedIn')}</th>
              <th aria-label={t('access.actions')} />
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <tr key={user.id}>
                <td>
                  <span className="b">{user.name}</span>{' '}
                  {user.id === session?.user.id && <span className="sub">{t('users.you')}</span>}
                </td>
                <td>
                  <RoleSelect
                    label={t('users.roleOf', { name: user.name })}
                    role={user.role}
                    disabled={setRole.isPending}
                    onChange={(role) => setRole.mutate({ id: user.id, role })}
                  />
                </td>
                <td>
                  <DateTime at={user.createdAt} />
                </td>
                <td>{user.signedInAt === null ? <Invited user={user} /> : <Age at={user.signedInAt} />}</td>
                <td className="num" style={{ whiteSpace: 'nowrap' }}>
                  <button
                    type="button"
                    className="btn small"
                    disabled={newLink.isPending}
                    aria-label={t('users.newLinkFor', { name: user.name })}
                    onClick={() => newLink.mutate(user, { onSuccess: (link) => onLink({ name: user.name, link }) })}
                  >
                    {t('users.newLink')}
                  </button>{' '}
                  <button
                    type="button"
                    className="btn small"
                    aria-label={t('users.removeOf', { name: user.name })}
                    onClick={() => setRemoving(user)}
                  >
                    {t('users.remove')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {removing && <RemoveUser user={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

/** Who has not come yet, because of the link or of them. */
function Invited({ user }: { user: User }) {
  const { t } = useTranslation();
  return user.linkExpiresAt === null ? (
    <Tag tone="warn" icon="triangle">
      {t('users.linkOver')}
    </Tag>
  ) : (
    <Tag tone="off" icon="ring">
      {t('users.invited')}
    </Tag>
  );
}

function RemoveUser({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useRemoveUser();
  return (
    <ConfirmDialog
      open
      title={t('users.removeTitle', { name: user.name })}
      confirmLabel={t('users.remove')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate(user, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p style={{ marginTop: 0 }}>{t('users.removeEffect', { name: user.name })}</p>
      {remove.error && <ProblemNote error={remove.error} />}
    </ConfirmDialog>
  );
}
