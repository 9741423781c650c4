import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function KeysHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const list: [key: string, what: string][] = [
    ['Ctrl K', t('keys.palette')],
    ['/', t('keys.search')],
    ['j  k', t('keys.rows')],
    ['Enter', t('keys.open')],
    ['Esc', t('keys.close')],
    ['?', t('keys.help')],
  ];
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={t('shell.keys')}
      centered
      size="sm"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <dl className="kv">
        {list.map(([key, what]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
