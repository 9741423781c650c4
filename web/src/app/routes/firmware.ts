import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { compact, type RawSearch, text } from '../../lib/search.ts';
import { shellRoute } from './shell.ts';

export const firmwareRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/firmware',
  validateSearch: (search: RawSearch) => compact<{ search?: string }>({ search: text(search, 'search') }),
  component: lazyRouteComponent(() => import('../pages/firmware-page.tsx'), 'FirmwarePage'),
});
