import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { compact, oneOf, type RawSearch } from '../../lib/search.ts';
import { shellRoute } from './shell.ts';

export const reservationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reservations',
  validateSearch: (search: RawSearch) => compact<{ open?: 'true' }>({ open: oneOf(search, 'open', ['true']) }),
  component: lazyRouteComponent(() => import('../pages/reservations-page.tsx'), 'ReservationsPage'),
});
