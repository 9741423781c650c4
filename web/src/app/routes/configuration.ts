import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from './shell.ts';

export const configurationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/configuration',
  component: lazyRouteComponent(() => import('../pages/configuration-page.tsx'), 'ConfigurationPage'),
});
