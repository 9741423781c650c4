import type { BulkTargetState } from '@cpo-console/shared/api/commands.ts';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { compact, type RawSearch, text } from '../../lib/search.ts';
import { shellRoute } from './shell.ts';

export const bulkCommandsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/bulk-commands',
  component: lazyRouteComponent(() => import('../pages/bulk-commands-page.tsx'), 'BulkCommandsPage'),
});

export const bulkCommandRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/bulk-commands/$id',
  validateSearch: (search: RawSearch) =>
    compact<{ state?: BulkTargetState; word?: string }>({
      state: text(search, 'state') as BulkTargetState | undefined,
      word: text(search, 'word'),
    }),
  component: lazyRouteComponent(() => import('../pages/bulk-commands-page.tsx'), 'BulkCommandPage'),
});
