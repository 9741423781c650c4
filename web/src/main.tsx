import '@mantine/core/styles.layer.css';
import './styles/tokens.css';
import './styles/ui.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/providers.tsx';
import { createQueryClient } from './app/query-client.ts';
import { createAppRouter } from './app/router.ts';
import { startI18n } from './i18n/i18n.ts';
import { whenUnauthorized } from './lib/api-client.ts';
import { keys } from './live/query-keys.ts';

async function start(root: HTMLElement): Promise<void> {
  if (import.meta.env.MODE === 'fake') (await import('./testing/install-fake-api.ts')).installFakeApi();
  await startI18n();
  const client = createQueryClient();
  const router = createAppRouter(client);
  whenUnauthorized(() => {
    client.setQueryData(keys.session, null);
    void router.invalidate();
  });
  createRoot(root).render(
    <StrictMode>
      <Providers client={client}>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
