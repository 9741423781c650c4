import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IdTokens } from '../../features/access/components/id-tokens.tsx';

const route = getRouteApi('/shell/access');

export function AccessPage() {
  const { t } = useTranslation();
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <h1>{t('nav.access')}</h1>
      <IdTokens
        search={search}
        onSearch={(text) => void navigate({ search: text === undefined ? {} : { search: text }, replace: true })}
      />
    </>
  );
}
