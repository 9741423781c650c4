import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { CONFIGURATION_SHOWS, type ConfigurationShow } from '../../features/configuration/api/configuration-show.ts';
import { FORMS, type FormName } from '../../features/firmware/api/forms.ts';
import { readMessageSearch } from '../../features/messages/api/message-search.ts';
import { readChargingSearch } from '../../features/smart-charging/api/charging-search.ts';
import { compact, oneOf, type RawSearch, text } from '../../lib/search.ts';
import { shellRoute } from './shell.ts';

export const TABS = [
  'overview',
  'messages',
  'commands',
  'sessions',
  'reservations',
  'charging',
  'access',
  'configuration',
  'firmware',
  'security',
  'shadow',
] as const;
export type Tab = (typeof TABS)[number];

export const chargePointRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charge-points/$name',
  validateSearch: (search: RawSearch) => ({
    ...readMessageSearch(search),
    ...readChargingSearch(search),
    ...compact<{
      tab?: Tab;
      command?: string;
      again?: string;
      sent?: string;
      find?: string;
      show?: ConfigurationShow;
      job?: string;
      form?: FormName;
    }>({
      tab: oneOf(search, 'tab', TABS),
      command: text(search, 'command'),
      again: text(search, 'again'),
      sent: text(search, 'sent'),
      find: text(search, 'find'),
      show: oneOf(search, 'show', CONFIGURATION_SHOWS),
      job: text(search, 'job'),
      form: oneOf(search, 'form', FORMS),
    }),
  }),
  component: lazyRouteComponent(() => import('../pages/charge-point-page.tsx'), 'ChargePointPage'),
});
