import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { compact, type RawSearch, text } from '../../lib/search.ts';
import { shellRoute } from './shell.ts';

export const sessionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sessions/$id',
  validateSearch: (search: RawSearch) => compact<{ series?: string }>({ series: text(search, 'series') }),
  component: lazyRouteComponent(() => import('../pages/session-page.tsx'), 'SessionPage'),
});
