import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { RANGES, RANKED_BY, type Range, type RankedBy } from '../../features/tolerance/api/tolerance.ts';
import { compact, oneOf, type RawSearch } from '../../lib/search.ts';
import { shellRoute } from './shell.ts';

export const toleranceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tolerance',
  validateSearch: (search: RawSearch) =>
    compact<{ by?: RankedBy; range?: Range }>({
      by: oneOf(search, 'by', RANKED_BY),
      range: oneOf(search, 'range', RANGES),
    }),
  component: lazyRouteComponent(() => import('../pages/tolerance-page.tsx'), 'TolerancePage'),
});
