import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { compact, type RawSearch, text } from '../../lib/search.ts';
import { rootRoute } from './root.ts';

export interface SignInSearch {
  /** Where to go afterwards: a path of this site. */
  next?: string;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: RawSearch) => {
    const next = text(search, 'next');
    return compact<SignInSearch>({ next: next && /^\/(?![/\\])/.test(next) ? next : undefined });
  },
  component: lazyRouteComponent(() => import('../pages/sign-in-page.tsx'), 'SignInPage'),
});
