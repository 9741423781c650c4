import type { CreatedApiToken } from '@cpo-console/shared/api/sign-in.ts';
import { Modal } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { useCreateToken } from '../api/users.ts';
import { NameAndRole, type Named } from './name-and-role.tsx';

interface AddTokenProps {
  onClose: () => void;
  onCreated: (token: CreatedApiToken) => void;
}

/** Days until it expires; empty: never. A year is what people forget about. */
const LIFETIMES = ['30', '90', '365', ''];
const DAY_MS = 86_400_000;

export function AddToken({ onClose, onCreated }: AddTokenProps) {
  const { t } = useTranslation();
  const id = useId();
  const create = useCreateToken();
  const [fields, setFields] = useState<Named>({ name: '', role: 'viewer' });
  const [days, setDays] = useState('90');
  const submit = () => {
    const expiresAt = days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    create.mutate(
      { ...fields, expiresAt },
      {
        onSuccess: (token) => {
          onClose();
          onCreated(token);
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('tokens.addTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <NameAndRole
        fields={fields}
        nameLabel={t('tokens.name')}
        submitLabel={t('tokens.addSubmit')}
        busy={create.isPending}
        onChange={setFields}
        onSubmit={submit}
        onCancel={onClose}
      >
        <div className="field">
          <label htmlFor={id}>{t('tokens.expires')}</label>
          <select id={id} className="in" value={days} onChange={(event) => setDays(event.target.value)}>
            {LIFETIMES.map((each) => (
              <option key={each} value={each}>
                {each === '' ? t('tokens.never') : t('tokens.inDays', { count: Number(each) })}
              </option>
            ))}
          </select>
        </div>
        {create.error && <ProblemNote error={create.error} />}
      </NameAndRole>
    </Modal>
  );
}
