import type { User } from '@cpo-console/shared/api/sign-in.ts';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { useInvite, usersQuery } from '../api/users.ts';
import { NameAndRole, type Named } from './name-and-role.tsx';
import { PasswordLinkNote, type ShownLink } from './password-link-note.tsx';
import { UserTable } from './user-table.tsx';

/** Who may sign in, and as what. */
export function Users() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(usersQuery);
  const [adding, setAdding] = useState(false);
  const [link, setLink] = useState<ShownLink | null>(null);
  return (
    <>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <h1>{t('users.title')}</h1>
        <button type="button" className="btn p" onClick={() => setAdding(true)}>
          {t('users.add')}
        </button>
      </div>
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {isPending && (
        <div className="panel">
          <SkeletonRows rows={3} />
        </div>
      )}
      {data && data.items.length > 0 && <UserTable users={data.items} onLink={setLink} />}
      {data?.items.length === 0 && (
        <div className="panel empty">
          <h2>{t('users.none')}</h2>
          <p>{t('users.noneHint')}</p>
        </div>
      )}
      <AddUser open={adding} onClose={() => setAdding(false)} onAdded={setLink} />
      {link && <PasswordLinkNote {...link} onClose={() => setLink(null)} />}
    </>
  );
}

const NOBODY: Named = { name: '', role: 'viewer' };

interface AddUserProps {
  open: boolean;
  onClose: () => void;
  onAdded: (link: ShownLink) => void;
}

function AddUser({ open, onClose, onAdded }: AddUserProps) {
  const { t } = useTranslation();
  const invite = useInvite();
  const [fields, setFields] = useState(NOBODY);
  const close = () => {
    setFields(NOBODY);
    invite.reset();
    onClose();
  };
  const add = () =>
    invite.mutate(fields, {
      onSuccess: ({ name, link }: User & { link: ShownLink['link'] }) => {
        close();
        onAdded({ name, link });
      },
    });
  return (
    <Modal
      opened={open}
      onClose={close}
      title={t('users.addTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <NameAndRole
        fields={fields}
        nameLabel={t('signIn.name')}
        submitLabel={t('users.addSubmit')}
        busy={invite.isPending}
        onChange={setFields}
        onSubmit={add}
        onCancel={close}
      >
        {invite.error && <ProblemNote error={invite.error} />}
      </NameAndRole>
    </Modal>
  );
}
