import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from './shell.ts';

export const openSessionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/open-sessions',
  component: lazyRouteComponent(() => import('../pages/open-sessions-page.tsx'), 'OpenSessionsPage'),
});
