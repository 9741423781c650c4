import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readSessionFilter } from '../../features/sessions/api/session-filter.ts';
import { shellRoute } from './shell.ts';

export const sessionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sessions',
  validateSearch: readSessionFilter,
  component: lazyRouteComponent(() => import('../pages/sessions-page.tsx'), 'SessionsPage'),
});
