import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readMessageSearch } from '../../features/messages/api/message-search.ts';
import { shellRoute } from './shell.ts';

export const messagesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/messages',
  validateSearch: readMessageSearch,
  component: lazyRouteComponent(() => import('../pages/messages-page.tsx'), 'MessagesPage'),
});
