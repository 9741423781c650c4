import { createRoute, redirect } from '@tanstack/react-router';
import { sessionQuery } from '../../lib/thing-queries.ts';
import { Shell } from '../shell/shell.tsx';
import { rootRoute } from './root.ts';

/** Everything behind the sign-in. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
  component: Shell,
});
