import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FirmwareFiles } from '../../features/firmware/components/firmware-files.tsx';

const route = getRouteApi('/shell/firmware');

export function FirmwarePage() {
  const { t } = useTranslation();
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <h1>{t('firmware.store')}</h1>
      <FirmwareFiles
        search={search}
        onSearch={(text) => void navigate({ search: text === undefined ? {} : { search: text }, replace: true })}
      />
    </>
  );
}
