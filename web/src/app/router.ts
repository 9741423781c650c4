import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from '../lib/search.ts';
import { PageError } from './page-error.tsx';
import { accessRoute } from './routes/access.ts';
import { auditRoute } from './routes/audit.ts';
import { bulkCommandRoute, bulkCommandsRoute } from './routes/bulk-commands.ts';
import { chargePointRoute } from './routes/charge-point.ts';
import { chargePointsRoute } from './routes/charge-points.ts';
import { configurationRoute } from './routes/configuration.ts';
import { firmwareRoute } from './routes/firmware.ts';
import { healthRoute } from './routes/health.ts';
import { messagesRoute } from './routes/messages.ts';
import { notFoundRoute } from './routes/not-found.ts';
import { openSessionsRoute } from './routes/open-sessions.ts';
import { passwordRoute } from './routes/password.ts';
import { replayRoute, replayStartRoute, rerunRoute } from './routes/replay.ts';
import { reservationsRoute } from './routes/reservations.ts';
import { retentionRoute } from './routes/retention.ts';
import { rootRoute } from './routes/root.ts';
import { sessionRoute } from './routes/session.ts';
import { sessionsRoute } from './routes/sessions.ts';
import { setupRoute } from './routes/setup.ts';
import { shellRoute } from './routes/shell.ts';
import { signInRoute } from './routes/sign-in.ts';
import { toleranceRoute } from './routes/tolerance.ts';
import { usersRoute } from './routes/users.ts';

const routeTree = rootRoute.addChildren([
  signInRoute,
  setupRoute,
  passwordRoute,
  shellRoute.addChildren([
    chargePointsRoute,
    chargePointRoute,
    messagesRoute,
    replayRoute,
    replayStartRoute,
    rerunRoute,
    sessionsRoute,
    sessionRoute,
    reservationsRoute,
    accessRoute,
    bulkCommandsRoute,
    toleranceRoute,
    healthRoute,
    retentionRoute,
    auditRoute,
    usersRoute,
    openSessionsRoute,
    bulkCommandRoute,
    configurationRoute,
    firmwareRoute,
    notFoundRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingMs: 300,
    defaultErrorComponent: PageError,
    parseSearch,
    stringifySearch,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
