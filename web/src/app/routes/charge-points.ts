import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readThingFilter } from '../../features/charge-points/api/thing-filter.ts';
import { shellRoute } from './shell.ts';

export const chargePointsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: readThingFilter,
  component: lazyRouteComponent(() => import('../pages/charge-points-page.tsx'), 'ChargePointsPage'),
});
