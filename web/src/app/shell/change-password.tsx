import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../components/ui/problem-note.tsx';
import { api } from '../../lib/api-client.ts';
import { SHORTEST_PASSWORD } from '../account-form.tsx';
import { PasswordField } from '../password-field.tsx';

const EMPTY = { current: '', password: '' };

export function ChangePassword({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(EMPTY);
  const change = useMutation({
    mutationFn: () => api.put<null>('/password', fields),
    onSuccess: () => setFields(EMPTY),
  });
  const close = () => {
    setFields(EMPTY);
    change.reset();
    onClose();
  };
  return (
    <Modal
      opened={open}
      onClose={close}
      title={t('password.changeTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {change.isSuccess ? (
        <div className="note good" role="status">
          {t('password.changed')}
        </div>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate();
          }}
        >
          <PasswordField
            id="current-password"
            label={t('password.current')}
            value={fields.current}
            onChange={(current) => setFields({ ...fields, current })}
          />
          <PasswordField
            id="new-password"
            label={t('password.new')}
            value={fields.password}
            onChange={(password) => setFields({ ...fields, password })}
            newPassword={{ least: SHORTEST_PASSWORD, hint: t('setup.passwordHint', { least: SHORTEST_PASSWORD }) }}
          />
          <p className="sub" style={{ margin: 0 }}>
            {t('password.changeHint')}
          </p>
          {change.error && <ProblemNote error={change.error} />}
          <button type="submit" className="btn p" disabled={change.isPending}>
            {t('password.changeTitle')}
          </button>
        </form>
      )}
    </Modal>
  );
}
