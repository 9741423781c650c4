import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readReplaySearch } from '../../features/replay/api/replay-search.ts';
import { shellRoute } from './shell.ts';

export const replayRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/replay/$name',
  validateSearch: readReplaySearch,
  component: lazyRouteComponent(() => import('../pages/replay-page.tsx'), 'ReplayPage'),
});

export const replayStartRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/replay',
  component: lazyRouteComponent(() => import('../pages/replay-start-page.tsx'), 'ReplayStartPage'),
});

export const rerunRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reruns/$id',
  component: lazyRouteComponent(() => import('../pages/rerun-page.tsx'), 'RerunPage'),
});
