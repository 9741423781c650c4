import { createRoute } from '@tanstack/react-router';
import { NotFoundPage } from '../not-found-page.tsx';
import { shellRoute } from './shell.ts';

/** Any other address: with the navigation around it, so that the way on is one click. */
export const notFoundRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '$',
  component: NotFoundPage,
});
