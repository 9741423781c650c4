import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from './shell.ts';

export const sessionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sessions/$id',
  component: lazyRouteComponent(() => import('../pages/session-page.tsx'), 'SessionPage'),
});
