import { Menu } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { apiUrl } from '../../../lib/api-client.ts';
import { type MessageFilter, queryOf } from '../../../live/message-filter.ts';

const FORMATS = ['jsonl', 'csv', 'trace'] as const;

/** What is filtered, as a file. */
export const ExportMenu = memo(function ExportMenu({ filter }: { filter: MessageFilter }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <button type="button" className="btn">
          {t('imports.export')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {[false, true].flatMap((redact) =>
          FORMATS.map((format) => (
            <Menu.Item
              key={`${format} ${redact}`}
              component="a"
              href={apiUrl('/messages/export', { ...queryOf(filter), format, order: 'asc', ...(redact && { redact }) })}
              download
            >
              {redact ? t('imports.redacted', { format: t(`imports.${format}`) }) : t(`imports.${format}`)}
            </Menu.Item>
          )),
        )}
      </Menu.Dropdown>
    </Menu>
  );
});
