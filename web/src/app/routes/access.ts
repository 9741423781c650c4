import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { compact, oneOf, type RawSearch, text } from '../../lib/search.ts';
import { shellRoute } from './shell.ts';

export const accessRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/access',
  validateSearch: (search: RawSearch) =>
    compact<{ search?: string; view?: 'lists' }>({
      search: text(search, 'search'),
      view: oneOf(search, 'view', ['lists']),
    }),
  component: lazyRouteComponent(() => import('../pages/access-page.tsx'), 'AccessPage'),
});
