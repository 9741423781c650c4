import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { cleanup, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { onTestFinished } from 'vitest';
import { createQueryClient } from '../app/query-client.ts';
import { createAppRouter } from '../app/router.ts';
import { startI18n } from '../i18n/i18n.ts';
import { createFakeApi, type FakeRoute } from './fake-api.ts';
import { FakeEventSource } from './fake-event-source.ts';
import { standInForTheBrowser } from './stand-in-for-the-browser.ts';

// Pages are loaded when first visited, which takes a moment on a busy machine.
configure({ asyncUtilTimeout: 8000 });

interface AppOptions {
  path: string;
  things?: number;
  routes?: FakeRoute[];
}

/** One component by itself. */
export function renderPlain(component: ReactNode) {
  cleanup();
  standInForTheBrowser();
  return render(<MantineProvider env="test">{component}</MantineProvider>);
}

/** The whole console at an address, over a server that answers from memory. */
export async function renderApp({ path, things = 3, routes = [] }: AppOptions) {
  cleanup();
  standInForTheBrowser();
  const api = createFakeApi({ things, routes });
  globalThis.fetch = api.fetch as typeof fetch;
  FakeEventSource.opened = [];
  globalThis.EventSource = FakeEventSource as unknown as typeof EventSource;
  await startI18n('en');
  const client = createQueryClient();
  const router = createAppRouter(client);
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [path] }) });
  // What still runs when the test's window is gone would look for it.
  onTestFinished(() => {
    cleanup();
    client.clear();
  });
  const view = render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { ...view, api, router, client, stream: () => FakeEventSource.opened.findLast((source) => !source.closed) };
}
