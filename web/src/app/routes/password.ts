import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { compact, type RawSearch, text } from '../../lib/search.ts';
import { rootRoute } from './root.ts';

/** The one-time link that an administrator hands over. */
export const passwordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password',
  validateSearch: (search: RawSearch) => compact<{ token?: string }>({ token: text(search, 'token') }),
  component: lazyRouteComponent(() => import('../pages/password-page.tsx'), 'PasswordPage'),
});
