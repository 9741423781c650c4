import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../components/ui/copy-button.tsx';

interface OnceShownProps {
  title: string;
  secret: string;
  label: string;
  children: ReactNode;
  onClose: () => void;
}

/** A secret that nobody will be told again. A click beside it does not lose it. */
export function OnceShown({ title, secret, label, children, onClose }: OnceShownProps) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={title} centered withCloseButton={false} closeOnClickOutside={false}>
      <div className="stack">
        <div>{children}</div>
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <input className="in mono" style={{ flex: 1 }} readOnly aria-label={label} value={secret} data-autofocus />
          <CopyButton text={secret} small={false} />
        </div>
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <button type="button" className="btn p" onClick={onClose}>
            {t('users.kept')}
          </button>
        </div>
      </div>
    </Modal>
  );
}
