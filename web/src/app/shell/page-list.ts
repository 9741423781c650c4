import type { ParseKeys } from 'i18next';
import type { Permission } from '../../lib/permissions.ts';

interface PageEntry {
  to:
    | '/'
    | '/messages'
    | '/replay'
    | '/sessions'
    | '/reservations'
    | '/bulk-commands'
    | '/access'
    | '/configuration'
    | '/firmware'
    | '/tolerance'
    | '/health'
    | '/retention'
    | '/users'
    | '/audit'
    | '/open-sessions';
  label: ParseKeys;
  /** Without it the page has nothing to show. */
  needs?: Permission;
  /** Which number of the fleet stands beside it. */
  count?: 'total' | 'activeTransactions';
}

/** The console's main pages, for the navigation and the palette. */
const PAGE_LIST: readonly PageEntry[] = [
  { to: '/', label: 'nav.chargePoints', count: 'total' },
  { to: '/messages', label: 'nav.messages', needs: 'messages:read' },
  { to: '/replay', label: 'rerun.page', needs: 'messages:read' },
  { to: '/sessions', label: 'nav.sessions', count: 'activeTransactions' },
  { to: '/reservations', label: 'reservation.title' },
  { to: '/bulk-commands', label: 'bulk.list', needs: 'commands:read' },
  { to: '/access', label: 'nav.access', needs: 'id-tokens:read' },
  { to: '/configuration', label: 'desired.title' },
  { to: '/firmware', label: 'nav.firmware' },
  { to: '/tolerance', label: 'tolerance.title' },
  { to: '/health', label: 'health.title' },
  { to: '/retention', label: 'retention.title', needs: 'messages:read' },
  { to: '/users', label: 'users.title', needs: 'users:write' },
  { to: '/audit', label: 'audit.title', needs: 'audit:read' },
  { to: '/open-sessions', label: 'openSessions.title' },
];

export const pagesFor = (may: (permission: Permission) => boolean): readonly PageEntry[] =>
  PAGE_LIST.filter(({ needs }) => needs === undefined || may(needs));
