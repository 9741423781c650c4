import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readAuditFilter } from '../../features/audit/api/audit-queries.ts';
import { shellRoute } from './shell.ts';

export const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  validateSearch: readAuditFilter,
  component: lazyRouteComponent(() => import('../pages/audit-page.tsx'), 'AuditPage'),
});
