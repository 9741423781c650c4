import { useTranslation } from 'react-i18next';
import { useMay } from '../../../lib/permissions.ts';
import { Pins } from './pins.tsx';
import { RetentionTable } from './retention-table.tsx';

/** How long things are kept, and what stays beyond that. */
export function RetentionView() {
  const { t } = useTranslation();
  const mayChange = useMay('retention:write');
  return (
    <>
      <h1>{t('retention.title')}</h1>
      {mayChange && <RetentionTable />}
      <Pins />
    </>
  );
}
