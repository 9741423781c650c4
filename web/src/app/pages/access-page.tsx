import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IdTokens } from '../../features/access/components/id-tokens.tsx';
import { LocalLists } from '../../features/access/components/local-lists.tsx';

const route = getRouteApi('/shell/access');

export function AccessPage() {
  const { t } = useTranslation();
  const { search, view } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <h1>{t('nav.access')}</h1>
      <Tabs
        value={view ?? 'tokens'}
        onChange={(next) => void navigate({ search: next === 'lists' ? { view: 'lists' } : {} })}
        keepMounted={false}
        style={{ display: 'contents' }}
      >
        <Tabs.List>
          <Tabs.Tab value="tokens">{t('access.tokens')}</Tabs.Tab>
          <Tabs.Tab value="lists">{t('access.lists')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={view ?? 'tokens'} className="stack">
          {view === 'lists' ? (
            <LocalLists />
          ) : (
            <IdTokens
              search={search}
              onSearch={(text) => void navigate({ search: text === undefined ? {} : { search: text }, replace: true })}
            />
          )}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
