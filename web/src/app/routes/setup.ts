import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { compact, type RawSearch, text } from '../../lib/search.ts';
import { rootRoute } from './root.ts';

/** The one-time link that the first start prints. */
export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: (search: RawSearch) => compact<{ token?: string }>({ token: text(search, 'token') }),
  component: lazyRouteComponent(() => import('../pages/setup-page.tsx'), 'SetupPage'),
});
